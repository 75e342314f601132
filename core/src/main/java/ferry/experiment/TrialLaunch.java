package ferry.experiment;

import ferry.run.RunId;
import ferry.search.space.Point;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A trial that is to run.
 *
 * @param number counting from 1
 * @param continued how often it was gone on with
 * @param seed for its own chance
 * @param length how many units it shall train; empty for as long as it will
 * @param parent the trial whose checkpoint it begins with
 */
public record TrialLaunch(
    RunId experiment,
    int number,
    int continued,
    Point point,
    long seed,
    OptionalLong length,
    OptionalInt parent) {

  public RunId run() {
    return Experiment.run(experiment, number, continued);
  }
}
