package ferry.experiment;

import ferry.run.RunId;
import ferry.search.space.Point;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A trial that is to run.
 *
 * @param number counting from 1
 * @param continued how often it was gone on with
 * @param seed for its own chance
 * @param length how many units it shall train; empty for as long as it will
 * @param checkpoint the run, ended or about to end, whose checkpoints it begins with
 * @param after the run, ended or about to end, whose place it takes
 */
public record TrialLaunch(
    RunId experiment,
    int number,
    int continued,
    Point point,
    long seed,
    OptionalLong length,
    Optional<RunId> checkpoint,
    Optional<Predecessor> after) {

  /**
   * Whose process must have ended before this one begins.
   *
   * @param isPutAside whether it has only so long to save what it needs
   */
  public record Predecessor(RunId run, boolean isPutAside) {}

  public RunId run() {
    return Experiment.run(experiment, number, continued);
  }
}
