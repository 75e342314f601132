package ferry.experiment;

import ferry.collect.LogMetrics;
import ferry.run.RunId;
import ferry.search.Ending;
import java.util.List;

/** Where trials run. */
public interface TrialRunner {

  /** What becomes of trials, in order for each; told from any thread, and more than once. */
  interface Reports {

    /**
     * Metrics were seen in a trial's log.
     *
     * @param source the step and attempt whose log it is
     * @param first the index of the first of them among all of that log
     */
    void seen(
        RunId experiment,
        int trial,
        int continued,
        String source,
        long first,
        List<LogMetrics.Found> found);

    /**
     * A trial cannot be started now, and is tried again.
     *
     * @param why in words; empty when it was started after all
     */
    void waits(RunId experiment, int trial, int continued, String why);

    /**
     * While a trial ran something was written that a link in its copy leads to.
     *
     * @param paths of links, relative to the copy
     */
    void wrote(RunId experiment, int trial, List<String> paths);

    /**
     * The trial's run ended, and everything that it printed was told.
     *
     * @param likely the last lines that looked as if they told a metric
     */
    void ended(
        RunId experiment,
        int trial,
        int continued,
        Ending ending,
        String reason,
        List<String> likely);
  }

  /**
   * Starts a trial, or takes it up again where it was started before; returns at once. What it
   * printed is told from the beginning.
   */
  void start(Experiment experiment, TrialLaunch trial);

  /** Asks a trial's run to end; that it has ended is told. */
  void stop(RunId run, String why);

  /**
   * Asks the run of a trial that was put aside to end, once it has had its time to save what it
   * needs; returns at once. That it has ended is not told.
   */
  void stopOnceSaved(RunId run, String why);
}
