package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.failed;
import static ferry.store.Samples.launching;
import static ferry.store.Samples.next;
import static ferry.store.Samples.plan;
import static ferry.store.Samples.started;
import static ferry.store.Samples.submitted;
import static ferry.store.Samples.succeeded;
import static ferry.store.Samples.wholeRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.engine.Journal;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunStatus;
import ferry.tracking.AttemptRecord;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunCatalog.Query;
import ferry.tracking.RunSummary;
import ferry.tracking.StepRecord;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every catalog must do with what a journal of the same store was told. */
abstract class RunCatalogContract extends StoreContract {
  private static final Query ALL = new Query(Set.of(), Optional.empty(), Optional.empty(), 100);
  private static final RunId RUN = new RunId("hello-bbbbb");

  private Journal journal() {
    return store().journal();
  }

  private RunCatalog runs() {
    return store().runs();
  }

  @Test
  void aSubmittedRunIsWaiting() {
    journal().append(List.of(submitted(plan("hello-bbbbb", NOON))));

    assertThat(runs().list(ALL))
        .containsExactly(
            new RunSummary(
                RUN,
                "hello",
                "local",
                RunStatus.WAITING,
                NOON,
                Optional.empty(),
                "ada",
                "true >> true",
                2,
                0));
  }

  @Test
  void anEndedRunSaysWhenItEnded() {
    journal().append(wholeRun(plan("hello-bbbbb", NOON)));

    var summary = runs().find(RUN).orElseThrow().summary();

    assertThat(summary.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(summary.ended()).contains(NOON.plusSeconds(3));
    assertThat(summary.done()).isEqualTo(2);
  }

  @Test
  void aRetriedRunHasNoEndAnyMore() {
    var first = submitted(plan("hello-bbbbb", NOON));
    var second = next(first, launching("a", 1), failed("a", 1, "exit 7"));
    journal().append(List.of(first, second));
    journal().append(List.of(next(second, new RunEvent.RetryRequested(NOON.plusSeconds(9)))));

    var summary = runs().find(RUN).orElseThrow().summary();

    assertThat(summary.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(summary.ended()).isEmpty();
  }

  @Test
  void anAttemptThatWasAskedToStopWasStoppedByWhicheverSignalItDied() {
    var first = submitted(plan("hello-bbbbb", NOON));
    var stopping =
        next(
            first,
            launching("a", 1),
            started("a", 1),
            new RunEvent.StopRequested(NOON.plusSeconds(3), "asked"));
    journal().append(List.of(first, stopping));
    journal().append(List.of(next(stopping, failed("a", 1, "was ended by signal SIGTERM"))));

    assertThat(runs().find(RUN).orElseThrow().steps().getFirst().attempts())
        .extracting(attempt -> attempt.state() + attempt.exitCode() + attempt.reason())
        .containsExactly("stoppedOptionalInt[7]");
  }

  @Test
  void attemptsSayWhatBecameOfThem() {
    var first = submitted(plan("hello-bbbbb", NOON));
    journal()
        .append(List.of(first, next(first, launching("a", 1), started("a", 1), succeeded("a", 1))));

    assertThat(runs().find(RUN).orElseThrow().steps())
        .containsExactly(
            new StepRecord(
                0,
                "a",
                "a",
                "succeeded",
                "",
                false,
                List.of(
                    new AttemptRecord(
                        1,
                        "succeeded",
                        Optional.of(NOON.plusSeconds(2)),
                        Optional.of(NOON.plusSeconds(3)),
                        OptionalInt.of(0),
                        "",
                        OptionalDouble.of(0.25),
                        OptionalLong.of(1_000_000)))),
            new StepRecord(1, "b", "b", "waiting", "", false, List.of()));
  }

  @Test
  void aFailedStepSaysWhyAndWhatCameAfterItWasSkipped() {
    var first = submitted(plan("hello-bbbbb", NOON));
    journal().append(List.of(first, next(first, launching("a", 1), failed("a", 1, "exit 7"))));

    var steps = runs().find(RUN).orElseThrow().steps();

    assertThat(steps).extracting(StepRecord::state).containsExactly("failed", "skipped");
    assertThat(steps)
        .extracting(StepRecord::reason)
        .containsExactly("exit 7", "`a` failed, which comes before it");
    assertThat(steps.getFirst().attempts().getFirst().exitCode()).hasValue(7);
  }

  @Test
  void whatHoldsAnAttemptUpIsShownUntilItStarts() {
    var first = submitted(plan("hello-bbbbb", NOON));
    var pending = new RunEvent.Pending("a", 1, NOON, "no node has 2 GPUs");
    var second = next(first, launching("a", 1), pending);
    journal().append(List.of(first, second));
    assertThat(runs().find(RUN).orElseThrow().steps().getFirst().attempts().getFirst().reason())
        .isEqualTo("no node has 2 GPUs");

    journal().append(List.of(next(second, started("a", 1))));

    var attempt = runs().find(RUN).orElseThrow().steps().getFirst().attempts().getFirst();
    assertThat(attempt.state()).isEqualTo("running");
    assertThat(attempt.reason()).isEmpty();
  }

  @Test
  void aLateReportDoesNotReopenAnAttempt() {
    var first = submitted(plan("hello-bbbbb", NOON));
    var second = next(first, launching("a", 1), started("a", 1), failed("a", 1, "exit 7"));
    journal().append(List.of(first, second));
    journal().append(List.of(next(second, started("a", 1), succeeded("a", 1))));

    assertThat(runs().find(RUN).orElseThrow().steps().getFirst().attempts())
        .extracting(AttemptRecord::state)
        .containsExactly("failed");
  }

  @Test
  void someStepsOfARunCanBeReadAlone() {
    journal().append(wholeRun(plan("hello-bbbbb", NOON)));

    assertThat(runs().steps(RUN, List.of(1, 0, 7)))
        .isEqualTo(runs().find(RUN).orElseThrow().steps());
    assertThat(runs().steps(RUN, List.of(1))).extracting(StepRecord::name).containsExactly("b");
  }

  @Test
  void listsAreNewestFirstAndGoOnAfterACursor() {
    submit("hello-bbbbb", 0);
    submit("hello-ddddd", 0);
    submit("hello-ccccc", 0);
    submit("hello-zzzzz", -1);
    submit("hello-fffff", 1);

    assertThat(ids(ALL))
        .containsExactly("hello-fffff", "hello-ddddd", "hello-ccccc", "hello-bbbbb", "hello-zzzzz");
    var after = new Query(Set.of(), Optional.empty(), Optional.of(new RunId("hello-ddddd")), 2);
    assertThat(ids(after)).containsExactly("hello-ccccc", "hello-bbbbb");
  }

  @Test
  void listsCanBeOfSomeStatusesAndOneWorkflow() {
    submit("hello-bbbbb", 1);
    journal().append(wholeRun(plan("hello-ccccc", NOON)));
    submit("hello-ddddd", 2);
    var other = Workflow.of("other", Step.of("a", "true"));
    journal().append(List.of(submitted(plan("other-bbbbb", NOON.plusMillis(3), other))));

    var both = Set.of(RunStatus.WAITING, RunStatus.SUCCEEDED);
    assertThat(ids(new Query(both, Optional.of("hello"), Optional.empty(), 100)))
        .containsExactly("hello-ddddd", "hello-bbbbb", "hello-ccccc");
    assertThat(ids(new Query(both, Optional.empty(), Optional.of(new RunId("hello-ddddd")), 1)))
        .containsExactly("hello-bbbbb");
    assertThat(ids(new Query(Set.of(), Optional.of("other"), Optional.empty(), 100)))
        .containsExactly("other-bbbbb");
    assertThat(ids(new Query(Set.of(RunStatus.FAILED), Optional.empty(), Optional.empty(), 1)))
        .isEmpty();
  }

  @Test
  void aListAfterARunThatIsNotThereSaysSo() {
    var query = new Query(Set.of(), Optional.empty(), Optional.of(RUN), 1);

    assertThatThrownBy(() -> runs().list(query)).hasMessage("there is no run `hello-bbbbb`");
  }

  @Test
  void theLatestRunIsTheOneSubmittedLast() {
    assertThat(runs().latest()).isEmpty();

    submit("hello-bbbbb", 1);
    submit("hello-ccccc", 0);

    assertThat(runs().latest()).contains(RUN);
  }

  @Test
  void idsAreCompleted() {
    submit("hello-bbbbb", 0);
    submit("hello-bcccc", 0);
    submit("help-bbbbb", 0);

    assertThat(runs().startingWith("hello-b"))
        .extracting(RunId::value)
        .containsExactly("hello-bbbbb", "hello-bcccc");
    assertThat(runs().startingWith("hel")).hasSize(3);
    assertThat(runs().startingWith("%")).isEmpty();
  }

  @Test
  void aDeletedRunIsForgotten() {
    journal().append(wholeRun(plan("hello-bbbbb", NOON)));
    submit("hello-ccccc", 0);

    runs().delete(RUN);

    assertThat(runs().find(RUN)).isEmpty();
    assertThat(journal().events(RUN)).isEmpty();
    assertThat(journal().plan(RUN)).isEmpty();
    assertThat(ids(ALL)).containsExactly("hello-ccccc");
  }

  @Test
  void aRunThatGoesOnIsNotDeleted() {
    submit("hello-bbbbb", 0);

    assertThatThrownBy(() -> runs().delete(RUN)).hasMessage("run `hello-bbbbb` has not ended");

    assertThat(runs().find(RUN)).isPresent();
  }

  @Test
  void aListThatUnfoldsWhileRunningRenamesAndAddsStepRuns() {
    journal().append(List.of(submitted(plan("hello-bbbbb", NOON, Unfolding.WORKFLOW))));
    journal()
        .append(
            List.of(Unfolding.afterTheListIsKnown(plan("hello-bbbbb", NOON, Unfolding.WORKFLOW))));

    assertThat(runs().find(RUN).orElseThrow().steps())
        .extracting(StepRecord::name)
        .containsExactly("list", "train[relu]", "train[tanh]");
    assertThat(runs().find(RUN).orElseThrow().summary().steps()).isEqualTo(3);
  }

  private void submit(String id, int millis) {
    journal().append(List.of(submitted(plan(id, NOON.plusMillis(millis)))));
  }

  private List<String> ids(Query query) {
    return runs().list(query).stream().map(summary -> summary.id().value()).toList();
  }
}
