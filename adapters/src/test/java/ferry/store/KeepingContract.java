package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.launching;
import static ferry.store.Samples.next;
import static ferry.store.Samples.plan;
import static ferry.store.Samples.started;
import static ferry.store.Samples.submitted;
import static ferry.store.Samples.wholeRun;
import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.RunId;
import ferry.run.RunStatus;
import ferry.schedule.Scheduled;
import ferry.tracking.Batch;
import ferry.tracking.Notices;
import ferry.tracking.ResultCache.Result;
import ferry.tracking.RunSummary;
import ferry.tracking.RunTable;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRuns;
import ferry.workflow.Schedule;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store must do with schedules and results. */
abstract class KeepingContract extends StoreContract {
  private static final RunId RUN = new RunId("hello-bbbbb");

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
    assertThat(directory().resolve("schedules")).isEmptyDirectory();
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
  void aRunWithAStarIsListedAmongThose() {
    store().journal().append(wholeRun(plan("hello-bbbbb", NOON)));
    store().journal().append(wholeRun(plan("hello-ccccc", NOON)));
    store().tracking().log(TrackedId.of(RUN), Batch.ofTags(Map.of("ferry.starred", "true")));

    assertThat(store().runs().summary(RUN).orElseThrow().starred()).isTrue();
    assertThat(starred()).containsExactly(RUN);
    store().tracked().untag(TrackedId.of(RUN), "ferry.starred");
    assertThat(starred()).isEmpty();
  }

  private List<RunId> starred() {
    var query =
        new RunTable.Query(
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            true,
            true,
            List.of(),
            new RunTable.By.Submitted(),
            true,
            Optional.empty(),
            10);
    return store().table().list(query).stream().map(RunSummary::id).toList();
  }

  @Test
  void theEndOfARunLeavesANoticeForEachTargetInTheSameTransaction() {
    store().journal().append(wholeRun(plan("hello-ccccc", NOON)));
    store().notices().wanted(Set.of("webhook", "command"));
    var all = wholeRun(plan("hello-bbbbb", NOON));
    store().journal().append(all.subList(0, 2));
    assertThat(store().notices().pending()).isZero();

    store().journal().append(all.subList(2, 3));
    restart();

    var ended = NOON.plusSeconds(3);
    assertThat(store().notices().due(ended.minusMillis(1), 10)).isEmpty();
    assertThat(store().notices().due(ended, 10))
        .containsExactlyInAnyOrder(
            new Notices.Notice(RUN, "webhook", 0, ended),
            new Notices.Notice(RUN, "command", 0, ended));
  }

  @Test
  void aNoticeIsPutOffOrDone() {
    store().notices().wanted(Set.of("webhook"));
    store().journal().append(wholeRun(plan("hello-bbbbb", NOON)));
    var ended = NOON.plusSeconds(3);
    var notice = store().notices().due(ended, 10).getFirst();

    store().notices().again(notice, ended.plusSeconds(5));

    assertThat(store().notices().due(ended, 10)).isEmpty();
    var again = new Notices.Notice(RUN, "webhook", 1, ended);
    assertThat(store().notices().due(ended.plusSeconds(5), 10)).containsExactly(again);
    store().notices().done(again);
    assertThat(store().notices().pending()).isZero();
  }

  @Test
  void runsAndStepsAreCounted() {
    store().journal().append(wholeRun(plan("hello-bbbbb", NOON)));
    var first = submitted(plan("hello-ccccc", NOON));
    store().journal().append(List.of(first, submitted(plan("hello-ddddd", NOON))));
    store().journal().append(List.of(next(first, launching("a", 1), started("a", 1))));

    var counts = store().runs().counts();

    assertThat(counts.runs())
        .isEqualTo(Map.of(RunStatus.SUCCEEDED, 1L, RunStatus.RUNNING, 1L, RunStatus.WAITING, 1L));
    assertThat(counts.stepsRunning()).isEqualTo(1);
    assertThat(counts.stepsWaiting()).isEqualTo(3);
  }

  @Test
  void uploadsOfARunAreThoseOfItsTrackedParts() {
    store().journal().append(wholeRun(plan("hello-bbbbb", NOON)));
    store().tracked().refresh(List.of(new TrackedRuns.Outdated(RUN, List.of(0))));

    var group = store().groups().named("hello").orElseThrow().id();
    assertThat(store().tracked().uploads(RUN))
        .isEqualTo(
            Map.of(
                TrackedId.of(RUN),
                group + "/hello-bbbbb",
                TrackedId.of(RUN, "a"),
                group + "/" + TrackedId.of(RUN, "a")));
    assertThat(store().tracked().uploads(new RunId("hello-ccccc"))).isEmpty();
  }

  @Test
  void resultsGoWithTheirRun() {
    store().journal().append(wholeRun(plan("hello-bbbbb", NOON)));
    store().results().remember("k", new Result(RUN, "a", NOON, Map.of()));

    store().runs().delete(RUN);

    assertThat(store().results().find("k")).isEmpty();
  }
}
