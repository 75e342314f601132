package ferry.submission;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Checkpoints;
import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.experiment.Budget;
import ferry.experiment.Experiment;
import ferry.experiment.ExperimentBook.Entry;
import ferry.experiment.ExperimentSummary;
import ferry.experiment.ExperimentSummary.State;
import ferry.experiment.MemoryExperimentBook;
import ferry.experiment.Objective;
import ferry.experiment.TrialRecord;
import ferry.run.RunId;
import ferry.search.Goal;
import ferry.search.SearchPlan;
import ferry.search.space.Point;
import ferry.search.space.Space;
import ferry.search.space.SpaceReader;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Whose checkpoints stay when a search has ended. */
class CheckpointPruningTest {
  private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");

  private static final SearchPlan PLAN =
      SearchPlan.of(Space.of(SpaceReader.parameter("test", "lr=0.0..1.0")), Goal.MAXIMIZE);

  private final MemoryExperimentBook book = new MemoryExperimentBook();

  /** Files of three trials, the first of which was gone on with once. */
  private final MemoryTrialFiles files =
      new MemoryTrialFiles(
          List.of("digits-x7k2p-1", "digits-x7k2p-1-2", "digits-x7k2p-2", "digits-x7k2p-3"));

  private final List<State> heard = new ArrayList<>();
  private final CheckpointPruning pruning =
      new CheckpointPruning(entry -> heard.add(entry.after().state()), book, files, Runnable::run);

  @Test
  void theBestKeepTheirsAndTheOthersLoseThemInEachOfTheirRuns() {
    changed(keeping(1), State.SUCCEEDED);
    assertThat(files.dropped)
        .containsExactly("digits-x7k2p-1", "digits-x7k2p-1-2", "digits-x7k2p-3");
    assertThat(heard).containsExactly(State.SUCCEEDED);
  }

  @Test
  void nothingGoesWhileTheSearchGoesOn() {
    changed(keeping(1), State.RUNNING);
    assertThat(files.dropped).isEmpty();
  }

  @Test
  void nothingGoesWhereAllTrialsKeepTheirs() {
    changed(template(), State.SUCCEEDED);
    assertThat(files.dropped).isEmpty();
  }

  @Test
  void everyTrialLosesItsWhereNoneIsToBeKept() {
    changed(keeping(0), State.STOPPED);
    assertThat(files.dropped).hasSize(4);
  }

  @Test
  void whatAServerThatDiedDidNotComeToIsMadeUpWhenTheNextBegins() {
    book.append(List.of(entry(keeping(1), State.SUCCEEDED)));
    pruning.begins();
    assertThat(files.dropped)
        .containsExactly("digits-x7k2p-1", "digits-x7k2p-1-2", "digits-x7k2p-3");
  }

  @Test
  void nothingOfASearchThatGoesOnIsMadeUp() {
    book.append(List.of(entry(keeping(1), State.PAUSED)));
    pruning.begins();
    assertThat(files.dropped).isEmpty();
  }

  private static Plan template() {
    return new Plan(
        new RunId("digits-x7k2p"),
        Workflow.of("digits", Step.of("train", "python train.py --lr {lr}")),
        "local",
        new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
        new Origin(Origin.Kind.ONE_LINER, "python train.py", Optional.empty(), Optional.empty()),
        Code.UNKNOWN,
        "digest",
        NOW);
  }

  private static Plan keeping(int best) {
    var plan = template();
    return new Plan(
        plan.id(),
        plan.workflow(),
        plan.backend(),
        plan.place(),
        plan.origin(),
        plan.code(),
        plan.digest(),
        plan.submitted(),
        Checkpoints.keepBest(plan.setting(), best));
  }

  private void changed(Plan template, State state) {
    var entry = entry(template, state);
    book.append(List.of(entry));
    pruning.changed(entry);
  }

  private static Entry entry(Plan template, State state) {
    var experiment = new Experiment(template, PLAN, Objective.printed("accuracy"), Budget.NONE);
    var trials = List.of(trial(1, 0.5), trial(2, 0.9), trial(3, Double.NaN));
    return new Entry(experiment, true, List.of(), 0, summary(experiment, state), trials);
  }

  private static TrialRecord trial(int number, double metric) {
    return new TrialRecord(
        number,
        new RunId("digits-x7k2p-" + number),
        TrialRecord.State.SUCCEEDED,
        Point.EMPTY,
        0,
        OptionalDouble.of(metric),
        1,
        1,
        NOW,
        Optional.of(NOW),
        "");
  }

  private static ExperimentSummary summary(Experiment experiment, State state) {
    return new ExperimentSummary(
        experiment.id(),
        "digits",
        state,
        "",
        List.of(),
        "accuracy",
        "",
        experiment.search().goal(),
        "random",
        3,
        Map.of(),
        OptionalInt.of(2),
        NOW,
        Optional.empty(),
        1,
        List.of());
  }
}
