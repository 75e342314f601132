package ferry.submission;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.experiment.Budget;
import ferry.experiment.Experiment;
import ferry.experiment.Objective;
import ferry.run.RunId;
import ferry.search.Goal;
import ferry.search.SearchPlan;
import ferry.search.space.Space;
import ferry.search.space.SpaceReader;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ElsewhereTest {
  private static final SearchPlan PLAN =
      SearchPlan.of(
          new Space(List.of(SpaceReader.parameter("--param", "lr=0.0..1"))), Goal.MINIMIZE);

  @Test
  void inPodsCopiesOfTrialsFindCheckpointsOnOneClaimAndThatIsSaid() {
    var experiment = experiment(PLAN.withMethod("pbt", Map.of()), printed());
    assertThat(Elsewhere.warnings(experiment))
        .containsExactly(
            "`pbt` lets trials go on from checkpoints: on kubernetes these lie on a claim that all"
                + " trials mount; where only one node may mount it (`ferry config access"
                + " ReadWriteMany` says otherwise), they all run on that node");
    assertThat(Elsewhere.setting(experiment)).containsEntry("checkpoints", "digits-aaaaa");
  }

  @Test
  void promotedTrialsDoSoToo() {
    var promoting = PLAN.withMethod("asha", Map.of("stop_once", "false"));
    var experiment = experiment(promoting, printed());
    assertThat(Elsewhere.warnings(experiment)).hasSize(1);
    assertThat(Elsewhere.setting(experiment)).containsEntry("checkpoints", "digits-aaaaa");
  }

  @Test
  void trialsThatNobodyGoesOnFromShareNothing() {
    assertThat(Elsewhere.setting(experiment(PLAN, printed()))).isEmpty();
  }

  @Test
  void aMetricThatLiesInFilesOfAPodIsNotReadAndThatIsSaid() {
    var objective =
        new Objective(
            "loss",
            Optional.empty(),
            Optional.empty(),
            Optional.of("metrics.jsonl"),
            Optional.empty(),
            Optional.empty());
    assertThat(Elsewhere.warnings(experiment(PLAN, objective)))
        .containsExactly(
            "the metric is read from the file `metrics.jsonl` on kubernetes only where Ferry's home"
                + " lies on a volume that the Pods mount; print it, or log it by MLflow");
  }

  @Test
  void whereNothingIsDifferentNothingIsSaid() {
    assertThat(Elsewhere.warnings(experiment(PLAN, printed()))).isEmpty();
  }

  private static Objective printed() {
    return Objective.printed("loss");
  }

  private static Experiment experiment(SearchPlan plan, Objective objective) {
    var template =
        new Plan(
            new RunId("digits-aaaaa"),
            Workflow.of("digits", Step.of("train", "python train.py --lr {lr}")),
            "kubernetes",
            new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
            new Origin(
                Origin.Kind.ONE_LINER, "python train.py", Optional.empty(), Optional.empty()),
            Code.UNKNOWN,
            "digest",
            Instant.EPOCH);
    return new Experiment(template, plan, objective, Budget.NONE);
  }
}
