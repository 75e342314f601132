package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.plan;
import static ferry.store.Samples.wholeRun;
import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.RunId;
import ferry.schedule.Scheduled;
import ferry.tracking.ResultCache.Result;
import ferry.workflow.Schedule;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store must do with schedules and results. */
abstract class KeepingContract {
  private static final RunId RUN = new RunId("hello-bbbbb");

  abstract Store store();

  /** The same store as the next process finds it. */
  abstract void restart();

  abstract Path home();

  private static Scheduled nightly(String name) {
    var schedule = new Schedule("0 3 * * *", ZoneId.of("Europe/Berlin"));
    var workflow =
        new Workflow(
            name, Map.of(), List.of(Step.of("a", "true")), List.of(), Optional.of(schedule));
    return new Scheduled(
        plan("nightly-bbbbb", NOON, workflow),
        false,
        NOON,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aScheduleComesBackAsItWasKept() {
    var plain = nightly("Nightly.v2");
    var fired =
        new Scheduled(
            nightly("other").plan(),
            true,
            NOON,
            Optional.of(NOON.plusSeconds(60)),
            Optional.of(RUN),
            Optional.of("the disk was full"));
    store().schedules().keep(fired);
    store().schedules().keep(plain);

    restart();

    assertThat(store().schedules().all()).containsExactly(plain, fired);
    assertThat(store().schedules().find("other")).contains(fired);
    assertThat(store().schedules().find("another")).isEmpty();
  }

  @Test
  void aScheduleKeptAgainTakesTheOldOnesPlace() {
    store().schedules().keep(nightly("nightly"));
    store().schedules().keep(nightly("nightly").pausedNow());

    assertThat(store().schedules().all()).containsExactly(nightly("nightly").pausedNow());
  }

  @Test
  void aRemovedScheduleLeavesNothing() {
    store().schedules().keep(nightly("nightly"));

    assertThat(store().schedules().remove("nightly")).isTrue();
    assertThat(store().schedules().remove("nightly")).isFalse();
    assertThat(store().schedules().all()).isEmpty();
    assertThat(home().resolve("schedules")).isEmptyDirectory();
  }

  @Test
  void theNewestResultUnderAKeyIsFound() {
    store().results().remember("k", new Result(RUN, "a", NOON, Map.of("accuracy", "0.9")));
    var newer = new Result(RUN, "train[relu]", NOON.plusMillis(1), Map.of());
    store().results().remember("k", newer);

    assertThat(store().results().find("k")).contains(newer);
    assertThat(store().results().find("l")).isEmpty();
  }

  @Test
  void resultsGoWithTheirRun() {
    store().journal().append(wholeRun(plan("hello-bbbbb", NOON)));
    store().results().remember("k", new Result(RUN, "a", NOON, Map.of()));

    store().runs().delete(RUN);

    assertThat(store().results().find("k")).isEmpty();
  }
}
