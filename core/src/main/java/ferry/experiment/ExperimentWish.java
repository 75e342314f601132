package ferry.experiment;

import ferry.collect.LogMetrics;
import ferry.run.RunId;
import ferry.search.Ending;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What is asked of {@link Experiments}, or told to them. */
sealed interface ExperimentWish {
  RunId experiment();

  /** Something that somebody waits for. */
  sealed interface Awaited extends ExperimentWish {
    /** Completed when it is durable, or cannot be. */
    CompletableFuture<Void> answer();
  }

  record Begin(Experiment plan, CompletableFuture<Void> answer) implements Awaited {
    @Override
    public RunId experiment() {
      return plan.id();
    }
  }

  record Stop(RunId experiment, String why, CompletableFuture<Void> answer) implements Awaited {}

  record Pause(RunId experiment, CompletableFuture<Void> answer) implements Awaited {}

  record Proceed(RunId experiment, CompletableFuture<Void> answer) implements Awaited {}

  record Seen(
      RunId experiment,
      int trial,
      int continued,
      String source,
      long first,
      List<LogMetrics.Found> found)
      implements ExperimentWish {}

  record Waits(RunId experiment, int trial, int continued, String why) implements ExperimentWish {}

  record Wrote(RunId experiment, int trial, List<String> paths) implements ExperimentWish {}

  record TrialEnded(
      RunId experiment, int trial, int continued, Ending ending, String reason, List<String> likely)
      implements ExperimentWish {}
}
