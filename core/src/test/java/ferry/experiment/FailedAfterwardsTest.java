package ferry.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.collect.LogMetrics;
import ferry.run.RunId;
import ferry.search.Ending;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trials that fail when they have told the metric of their full length. */
class FailedAfterwardsTest {
  private static final RunId ID = new RunId("digits-x7k2p");

  private final MemoryExperimentBook book = new MemoryExperimentBook();
  private final List<String> stopped = new ArrayList<>();
  private final Experiments experiments =
      new Experiments(
          book,
          new TrialRunner() {
            @Override
            public void start(Experiment experiment, TrialLaunch trial) {}

            @Override
            public void stop(RunId run, String why) {
              stopped.add(run + ": " + why);
            }

            @Override
            public void stopOnceSaved(RunId run, String why) {}
          },
          InstantSource.fixed(Instant.parse("2026-11-22T18:00:00Z")),
          _ -> {});

  @BeforeEach
  void begin() {
    var plan = ExperimentsTest.PLAN.withTrials(1, 1).withLength(2);
    var experiment =
        new Experiment(
            ExperimentsTest.template(), plan, Objective.printed("accuracy"), Budget.NONE);
    experiments.put(new ExperimentWish.Begin(experiment, new CompletableFuture<>()));
    experiments.turn();
    print("train/1", "epoch=1 accuracy=0.5\nepoch=2 accuracy=0.6\n");
  }

  private void print(String source, String text) {
    var found = LogMetrics.ofKnownForms().take(text.getBytes(StandardCharsets.UTF_8));
    experiments.reports().seen(ID, 1, 0, source, 0, List.copyOf(found));
    experiments.turn();
  }

  private TrialRecord ended(Ending ending, String reason) {
    experiments.reports().ended(ID, 1, 0, ending, reason, List.of());
    experiments.turn();
    return book.trial(ID, 1).orElseThrow();
  }

  @Test
  void suchATrialHasFailed() {
    var trial = ended(Ending.FAILED, "train: exit code 1");
    assertThat(trial.state()).isEqualTo(TrialRecord.State.FAILED);
    assertThat(trial.reason()).contains("exit code 1");
    assertThat(stopped).isEmpty();
    assertThat(book.find(ID).orElseThrow().best()).isEmpty();
  }

  @Test
  void oneThatComesToItsEndHasSucceeded() {
    assertThat(ended(Ending.FINISHED, "").state()).isEqualTo(TrialRecord.State.SUCCEEDED);
  }

  @Test
  void itIsNotTriedAgain() {
    print("train/2", "epoch=1 accuracy=0.4\n");
    assertThat(stopped)
        .containsExactly("digits-x7k2p-1: it failed when it had trained as long as it should");
    var trial = ended(Ending.STOPPED, "");
    assertThat(trial.state()).isEqualTo(TrialRecord.State.FAILED);
    assertThat(trial.reason()).isEqualTo("it failed when it had trained as long as it should");
  }

  @Test
  void whatItsOwnAttemptPrintsAtTheEndIsNoNewBeginning() {
    print("train/1", "epoch=1 accuracy=0.5\nepoch=2 accuracy=0.6\nepoch=1 accuracy=0.6\n");
    assertThat(stopped).isEmpty();
  }
}
