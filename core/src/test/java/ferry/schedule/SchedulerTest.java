package ferry.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.backend.Timetable;
import ferry.error.RequestError;
import ferry.error.SystemError;
import ferry.run.RunId;
import ferry.workflow.Schedule;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SchedulerTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final FiringTimes HOURLY =
      (_, after) -> Optional.of(Instant.ofEpochSecond((after.getEpochSecond() / 3600 + 1) * 3600));

  private final Map<String, Scheduled> kept = new TreeMap<>();
  private final List<Due> fired = new ArrayList<>();
  private Instant now = NOON;
  private Runnable trouble = () -> {};
  private String broken = "";
  private final Scheduler scheduler =
      new Scheduler(
          new Book(),
          HOURLY,
          () -> now,
          (scheduled, due) -> {
            trouble.run();
            fired.add(due);
            return RunId.of(scheduled.name(), "20261122");
          });

  @BeforeEach
  void hourly() {
    scheduler.add(Scheduled.of(plan(), NOON));
  }

  private static Plan plan() {
    return plan("digits");
  }

  private static Plan plan(String name) {
    var workflow =
        new Workflow(
            name,
            Map.of(),
            List.of(Step.of("a", "true")),
            List.of(),
            Optional.of(new Schedule("0 * * * *", ZoneOffset.UTC)));
    return new Plan(
        new RunId("digits-aaaaa"),
        workflow,
        "local",
        new Place("/data", Map.of(), "ada", "host"),
        new Origin(Origin.Kind.FILE, "", Optional.empty(), Optional.empty()),
        Code.UNKNOWN,
        "digest",
        NOON);
  }

  private void at(String time) {
    now = Instant.parse("2026-11-22T" + time + "Z");
    scheduler.fireDue();
  }

  @Test
  void itFiresOnceForEachInstant() {
    at("12:59:59");
    at("13:00:00");
    at("13:00:01");
    at("14:00:30");

    assertThat(fired)
        .extracting(Due::at)
        .containsExactly(NOON.plusSeconds(3600), NOON.plusSeconds(7200));
    assertThat(fired).extracting(Due::note).containsOnly(Optional.empty());
  }

  @Test
  void whatItsPlaceFiresIsNotFiredByUs() {
    var there = plan().withSetting(Map.of(Timetable.FIRED_BY, "CronJob/digits"));
    scheduler.add(Scheduled.of(there, NOON));

    at("15:30:00");

    assertThat(fired).isEmpty();
    assertThat(scheduler.isNeeded()).isFalse();
    assertThat(scheduler.next()).isEmpty();
    assertThat(scheduler.next(scheduler.find("digits").orElseThrow()))
        .contains(Instant.parse("2026-11-22T16:00:00Z"));
  }

  @Test
  void aClockThatIsSetBackFiresNothingAgain() {
    at("13:00:00");
    at("12:30:00");
    at("13:00:00");

    assertThat(fired).hasSize(1);
  }

  @Test
  void whatWasMissedBecomesOneRunThatSaysSo() {
    at("17:30:00");

    assertThat(fired).hasSize(1);
    assertThat(fired.getFirst().note())
        .contains(
            "due at 2026-11-22T17:00:00Z, and stands in for 4 earlier firings missed while nothing"
                + " was there to start them");
    assertThat(scheduler.next()).contains(Instant.parse("2026-11-22T18:00:00Z"));
  }

  @Test
  void yearsOfMissedFiringsAreOneRunForTheNewest() {
    now = NOON.plus(Duration.ofDays(3650));
    scheduler.fireDue();

    assertThat(fired).extracting(Due::at).containsExactly(now);
    assertThat(fired.getFirst().note().orElseThrow()).contains("more than 1000 earlier firings");
  }

  @Test
  void aFiringThatWasNotRecordedIsMadeAgainForTheSameInstant() {
    var before = kept.get("digits");
    at("13:00:00");
    kept.put("digits", before);
    at("13:00:05");

    assertThat(fired)
        .extracting(Due::at)
        .containsExactly(NOON.plusSeconds(3600), NOON.plusSeconds(3600));
  }

  @Test
  void aPauseIsNotMadeUpFor() {
    scheduler.pause("digits");
    at("15:30:00");
    scheduler.goOn("digits");
    at("15:31:00");
    at("16:00:00");

    assertThat(fired).extracting(Due::at).containsExactly(Instant.parse("2026-11-22T16:00:00Z"));
  }

  @Test
  void whatTheSystemRefusesIsTriedAgain() {
    trouble =
        () -> {
          throw new SystemError.Unavailable("the disk is full", List.of()).thrown();
        };
    at("13:00:00");
    assertThat(kept.get("digits").problem()).contains("the disk is full");
    trouble = () -> {};
    at("13:00:30");

    assertThat(fired).extracting(Due::at).containsExactly(NOON.plusSeconds(3600));
    assertThat(kept.get("digits").problem()).isEmpty();
  }

  @Test
  void whatCanNeverRunIsGivenUpUntilTheNextTime() {
    trouble =
        () -> {
          throw new RequestError.BadRequest("no such snapshot", List.of()).thrown();
        };
    at("13:00:00");
    at("13:00:30");

    assertThat(kept.get("digits").fired()).contains(NOON.plusSeconds(3600));
    assertThat(kept.get("digits").problem()).contains("no such snapshot");
  }

  @Test
  void aScheduleThatCannotBeLookedAtKeepsNoOtherFromFiring() {
    broken = "aaa";
    kept.put("aaa", Scheduled.of(plan("aaa"), NOON));

    assertThatThrownBy(() -> at("13:00:00")).hasMessage("a fault in the book");
    assertThat(fired).hasSize(1);
  }

  /** Schedules in memory. */
  private final class Book implements ScheduleBook {
    @Override
    public List<Scheduled> all() {
      return List.copyOf(kept.values());
    }

    @Override
    public Optional<Scheduled> find(String name) {
      if (name.equals(broken)) {
        throw new IllegalStateException("a fault in the book");
      }
      return Optional.ofNullable(kept.get(name));
    }

    @Override
    public void keep(Scheduled scheduled) {
      kept.put(scheduled.name(), scheduled);
    }

    @Override
    public boolean remove(String name) {
      return kept.remove(name) != null;
    }
  }
}
