package ferry.server;

import ferry.experiment.Experiment;
import ferry.experiment.TrialLaunch;
import ferry.experiment.TrialRunner;
import ferry.run.RunId;

/** Trials that start and say nothing. */
final class SilentTrials implements TrialRunner {
  @Override
  public void start(Experiment experiment, TrialLaunch trial) {}

  @Override
  public void stop(RunId run, String why) {}

  @Override
  public void stopOnceSaved(RunId run, String why) {}
}
