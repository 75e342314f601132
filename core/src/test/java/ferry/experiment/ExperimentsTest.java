package ferry.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.collect.LogMetrics;
import ferry.error.UserException;
import ferry.run.RunId;
import ferry.search.Goal;
import ferry.search.SearchPlan;
import ferry.search.space.Space;
import ferry.search.space.SpaceReader;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentsTest {
  private static final RunId ID = new RunId("digits-x7k2p");
  private static final Instant START = Instant.parse("2026-11-22T18:00:00Z");
  static final SearchPlan PLAN =
      SearchPlan.of(Space.of(SpaceReader.parameter("test", "lr=0.0..1.0")), Goal.MAXIMIZE)
          .withMethod("random")
          .withTrials(10, 3)
          .withSeed(7);

  private final MemoryExperimentBook book = new MemoryExperimentBook();
  private final SimulatedTrials trials = new SimulatedTrials(3);
  private Instant now = START;
  private Experiments.Listener listener = _ -> {};
  private Experiments experiments = reborn();

  @Test
  void aSearchRunsToItsEndAndKnowsItsBestTrial() {
    begin(PLAN, Budget.NONE);
    runToTheEnd();
    var summary = book.find(ID).orElseThrow();
    assertThat(summary.state()).isEqualTo(ExperimentSummary.State.SUCCEEDED);
    assertThat(summary.reason()).isEqualTo("all 10 trials are done");
    assertThat(summary.metric()).isEqualTo("accuracy");
    assertThat(summary.form()).isEqualTo("name=value");
    assertThat(summary.trials())
        .containsOnly(
            Map.entry(TrialRecord.State.SUCCEEDED, 9), Map.entry(TrialRecord.State.FAILED, 1));
    var best = book.trial(ID, summary.best().orElseThrow()).orElseThrow();
    assertThat(book.trials(ID, 0, 100))
        .allMatch(trial -> trial.metric().orElseThrow() <= best.metric().orElseThrow());
    assertThat(best.length()).isEqualTo(3);
  }

  static Stream<Integer> everyAppend() {
    return IntStream.rangeClosed(1, 39).boxed();
  }

  @ParameterizedTest
  @MethodSource("everyAppend")
  void aServerThatDiesAfterAnyEventGoesOnAsIfItHadNot(int append) {
    var expected = undisturbed();
    book.dieAfter = append;
    runAcrossADeath();
    assertThat(book.events(ID)).isEqualTo(expected);
    assertThat(trials.started).isEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource("everyAppend")
  void aServerThatDiesBeforeAnyEventIsDurableGoesOnAsIfItHadNot(int append) {
    var expected = undisturbed();
    book.dieBefore = append;
    runAcrossADeath();
    assertThat(book.events(ID)).isEqualTo(expected);
    assertThat(trials.started).isEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource("everyAppend")
  void aDiskThatIsFullForAWhileChangesNothing(int append) {
    var expected = undisturbed();
    book.fullFrom = Math.max(2, append);
    book.fullUntil = book.fullFrom + 2;
    begin(PLAN, Budget.NONE);
    runToTheEnd();
    assertThat(book.events(ID).stream().map(ExperimentsTest::withoutTime))
        .containsExactlyElementsOf(expected.stream().map(ExperimentsTest::withoutTime).toList());
  }

  @Test
  void everyAppendOfASearchIsAmongThoseAtWhichItDies() {
    assertThat(appendsOfOneSearch()).isEqualTo(39);
  }

  @Test
  void aSearchThatCannotBeRecordedIsRefused() {
    book.fullFrom = 1;
    book.fullUntil = 2;
    assertThatThrownBy(() -> begin(PLAN, Budget.NONE))
        .hasCauseInstanceOf(UserException.class)
        .hasMessageContaining("the disk is full");
    assertThat(book.unfinished()).isEmpty();
    assertThat(trials.started).isZero();
  }

  @Test
  void whileItIsPausedNothingStartsAndWhatRunsGoesOn() {
    begin(PLAN, Budget.NONE);
    tell(new ExperimentWish.Pause(ID, new CompletableFuture<>()));
    runToTheEnd();
    assertThat(trials.started).isEqualTo(3);
    assertThat(book.find(ID).orElseThrow().state()).isEqualTo(ExperimentSummary.State.PAUSED);
    experiments = reborn();
    tell(new ExperimentWish.Proceed(ID, new CompletableFuture<>()));
    runToTheEnd();
    assertThat(trials.started).isEqualTo(10);
    assertThat(book.find(ID).orElseThrow().state()).isEqualTo(ExperimentSummary.State.SUCCEEDED);
  }

  @Test
  void aServerThatTakesItUpCountsTheTrialsThatHaveEnded() {
    begin(PLAN, Budget.NONE);
    tell(new ExperimentWish.Pause(ID, new CompletableFuture<>()));
    runToTheEnd();
    experiments = reborn();
    tell(new ExperimentWish.Proceed(ID, new CompletableFuture<>()));
    runToTheEnd();
    assertThat(book.find(ID).orElseThrow().trials())
        .doesNotContainKey(TrialRecord.State.WAITING)
        .hasSize(2);
  }

  @Test
  void aStopEndsTheTrialsThatRunAndThoseThatWait() {
    begin(PLAN, Budget.NONE);
    tell(new ExperimentWish.Pause(ID, new CompletableFuture<>()));
    IntStream.range(0, 5).forEach(_ -> advance());
    tell(new ExperimentWish.Stop(ID, "enough", new CompletableFuture<>()));
    runToTheEnd();
    var summary = book.find(ID).orElseThrow();
    assertThat(summary.state()).isEqualTo(ExperimentSummary.State.STOPPED);
    assertThat(summary.reason()).isEqualTo("enough");
    assertThat(summary.trials())
        .containsOnly(
            Map.entry(TrialRecord.State.SUCCEEDED, 1), Map.entry(TrialRecord.State.STOPPED, 3));
  }

  @Test
  void aSearchWhoseTimeIsUpEnds() {
    begin(PLAN, new Budget(Optional.of(Duration.ofMinutes(1)), OptionalLong.empty()));
    assertThat(experiments.nextWake()).contains(START.plusSeconds(60));
    now = START.plusSeconds(60);
    runToTheEnd();
    var summary = book.find(ID).orElseThrow();
    assertThat(summary.state()).isEqualTo(ExperimentSummary.State.FAILED);
    assertThat(summary.reason()).isEqualTo("its time is up");
    assertThat(trials.started).isEqualTo(3);
  }

  @Test
  void aSearchEndsWhenItHasTrainedAsMuchAsItMay() {
    begin(PLAN, new Budget(Optional.empty(), OptionalLong.of(7)));
    runToTheEnd();
    var summary = book.find(ID).orElseThrow();
    assertThat(summary.state()).isEqualTo(ExperimentSummary.State.SUCCEEDED);
    assertThat(summary.reason()).isEqualTo("7 units of training are used up");
  }

  @Test
  void aTrialThatTrainsLongerThanItShouldIsEndedAndCountsAsFinished() {
    begin(PLAN.withLength(2), Budget.NONE);
    runToTheEnd();
    var summary = book.find(ID).orElseThrow();
    assertThat(summary.trials())
        .containsOnly(
            Map.entry(TrialRecord.State.SUCCEEDED, 9), Map.entry(TrialRecord.State.FAILED, 1));
  }

  @Test
  void lateReportsOfTrialsAndExperimentsThatHaveEndedChangeNothing() {
    begin(PLAN, Budget.NONE);
    runToTheEnd();
    var before = book.events(ID);
    experiments.reports().ended(ID, 3, 0, ferry.search.Ending.FAILED, "late", List.of());
    experiments.reports().ended(ID, 99, 0, ferry.search.Ending.FAILED, "never was", List.of());
    experiments.reports().seen(new RunId("other-bbbbb"), 1, 0, "train/1", 0, List.of());
    experiments.turn();
    assertThat(book.events(ID)).isEqualTo(before);
  }

  @Test
  void whoTellsNoMetricIsShownTheLinesThatLookedLikeOne() {
    begin(PLAN, Budget.NONE);
    var lines = List.of("Test precision 0.93");
    experiments.reports().ended(ID, 1, 0, ferry.search.Ending.FINISHED, "", lines);
    experiments.turn();
    assertThat(book.find(ID).orElseThrow().reason())
        .isEqualTo(
            "trial 1: no `accuracy` was seen in what it printed; its last lines that looked like"
                + " one: “Test precision 0.93”");
  }

  @Test
  void aTrialThatPrintsNothingIsToldAsThat() {
    begin(PLAN, Budget.NONE);
    experiments.reports().ended(ID, 1, 0, ferry.search.Ending.FINISHED, "", List.of());
    experiments.turn();
    assertThat(book.trial(ID, 1).orElseThrow().reason())
        .isEqualTo("no `accuracy` was seen: it printed nothing");
  }

  @Test
  void aMetricThatIsPrintedAndLoggedByCallsCountsOnce() {
    begin(PLAN, Budget.NONE);
    experiments.reports().seen(ID, 1, 0, "train/1", 0, List.of(found("name=value", 0.5)));
    experiments
        .reports()
        .seen(ID, 1, 0, "train/calls/x/accuracy", 0, List.of(found("MLflow calls", 0.5)));
    experiments.turn();
    assertThat(book.trial(ID, 1).orElseThrow().reports()).isEqualTo(1);
    assertThat(book.find(ID).orElseThrow().form()).isEqualTo("name=value");
  }

  @Test
  void whatOneExperimentCannotTakeEndsNoOther() {
    begin(PLAN, Budget.NONE);
    experiments.reports().seen(ID, 1, 0, "train/1", 0, Arrays.asList((LogMetrics.Found) null));
    var other = new RunId("other-bbbbb");
    tell(
        new ExperimentWish.Begin(
            new Experiment(template(other), PLAN, Objective.printed("accuracy"), Budget.NONE),
            new CompletableFuture<>()));
    assertThat(book.find(other).orElseThrow().state()).isEqualTo(ExperimentSummary.State.RUNNING);
    var stop = new ExperimentWish.Stop(ID, "enough", new CompletableFuture<>());
    tell(stop);
    assertThat(stop.answer()).isCompletedExceptionally();
  }

  @Test
  void whoeverCannotTakeInWhatHappenedCostsTheSearchNothing() {
    var missed = new ArrayList<RunId>();
    listener =
        new Experiments.Listener() {
          @Override
          public void changed(ExperimentBook.Entry entry) {
            throw new IllegalStateException("a screen broke");
          }

          @Override
          public void missed(RunId experiment, RuntimeException why) {
            missed.add(experiment);
          }
        };
    experiments = reborn();
    begin(PLAN, Budget.NONE);
    runToTheEnd();
    assertThat(book.find(ID).orElseThrow().reason()).isEqualTo("all 10 trials are done");
    assertThat(missed).containsOnly(ID).hasSize(39);
  }

  private static LogMetrics.Found found(String form, double value) {
    return new LogMetrics.Found(
        form, 0, new ferry.collect.Sighting("accuracy", value, OptionalLong.empty()));
  }

  private static List<ExperimentEvent> undisturbed() {
    var other = new ExperimentsTest();
    other.begin(PLAN, Budget.NONE);
    other.runToTheEnd();
    return other.book.events(ID);
  }

  private int appendsOfOneSearch() {
    begin(PLAN, Budget.NONE);
    runToTheEnd();
    return book.appends;
  }

  private static String withoutTime(ExperimentEvent event) {
    return event.toString().replaceAll("at=[^,\\]]*", "");
  }

  private void runAcrossADeath() {
    try {
      begin(PLAN, Budget.NONE);
      runToTheEnd();
    } catch (MemoryExperimentBook.Dead _) {
      experiments = reborn();
      begin(PLAN, Budget.NONE);
      runToTheEnd();
    }
  }

  private Experiments reborn() {
    var next = new Experiments(book, trials, () -> now, listener);
    trials.tell(next.reports());
    next.recover();
    return next;
  }

  private void begin(SearchPlan plan, Budget budget) {
    if (book.experiment(ID).isEmpty()) {
      var wish =
          new ExperimentWish.Begin(
              new Experiment(template(), plan, Objective.printed("accuracy"), budget),
              new CompletableFuture<>());
      tell(wish);
      wish.answer().join();
    }
  }

  private void tell(ExperimentWish wish) {
    experiments.put(wish);
    experiments.turn();
  }

  private boolean advance() {
    boolean any = trials.advance();
    experiments.turn();
    return any;
  }

  /** Turns until neither a trial nor the clock has anything more to do. */
  private void runToTheEnd() {
    experiments.turn();
    for (int turns = 0; turns < 300; turns++) {
      advance();
      now = book.appends >= book.fullFrom ? now.plus(Experiments.PATIENCE) : now;
    }
    experiments.turn();
  }

  static Plan template() {
    return template(ID);
  }

  private static Plan template(RunId id) {
    return new Plan(
        id,
        Workflow.of("digits", Step.of("train", "python train.py --lr {lr}")),
        "local",
        new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
        new Origin(Origin.Kind.ONE_LINER, "python train.py", Optional.empty(), Optional.empty()),
        Code.UNKNOWN,
        "digest",
        START);
  }
}
