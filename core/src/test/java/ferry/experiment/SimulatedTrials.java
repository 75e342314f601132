package ferry.experiment;

import ferry.collect.LogMetrics;
import ferry.run.RunId;
import ferry.search.Ending;
import ferry.search.space.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/**
 * Trials that live on when the one who started them dies. Each prints a line when it is its turn,
 * and ends after so many; the sixth one fails.
 */
final class SimulatedTrials implements TrialRunner {
  private static final int FAILS = 6;

  private final int lines;
  private final TreeMap<Integer, Running> running = new TreeMap<>();
  private Reports reports;
  int started;

  private static final class Running {
    private final TrialLaunch launch;
    private int printed;
    private boolean stopped;
    private boolean ended;

    Running(TrialLaunch launch) {
      this.launch = launch;
    }
  }

  SimulatedTrials(int lines) {
    this.lines = lines;
  }

  void tell(Reports to) {
    reports = to;
  }

  @Override
  public void start(Experiment experiment, TrialLaunch trial) {
    var known = running.get(trial.number());
    if (known == null || known.launch.continued() != trial.continued()) {
      known = new Running(trial);
      running.put(trial.number(), known);
      started++;
    }
    for (int line = 0; line < known.printed; line++) {
      told(known, line);
    }
    if (known.ended) {
      ended(known);
    }
  }

  @Override
  public void stop(RunId run, String why) {
    running.values().stream()
        .filter(one -> one.launch.run().equals(run))
        .forEach(one -> one.stopped = true);
  }

  @Override
  public void stopOnceSaved(RunId run, String why) {
    stop(run, why);
  }

  /** Lets the first trial that runs do one thing; false where none runs. */
  boolean advance() {
    for (var one : running.values()) {
      if (!one.ended) {
        advance(one);
        return true;
      }
    }
    return false;
  }

  private void advance(Running one) {
    if (one.stopped || one.printed == lines || one.launch.number() == FAILS && one.printed == 1) {
      one.ended = true;
      ended(one);
    } else {
      told(one, one.printed++);
    }
  }

  private void told(Running one, int line) {
    var launch = one.launch;
    double lr = ((Value.Real) launch.point().get("lr").orElseThrow()).value();
    double value = lr - 0.1 / (line + 1);
    var text = "epoch=" + (line + 1) + " loss=0.5 accuracy=" + value + "\n";
    var found = LogMetrics.ofKnownForms().take(text.getBytes(StandardCharsets.UTF_8));
    reports.seen(
        launch.experiment(),
        launch.number(),
        launch.continued(),
        "train/1",
        line * 2L,
        List.copyOf(found));
  }

  private void ended(Running one) {
    var launch = one.launch;
    var ending =
        one.stopped ? Ending.STOPPED : launch.number() == FAILS ? Ending.FAILED : Ending.FINISHED;
    reports.ended(launch.experiment(), launch.number(), launch.continued(), ending, "", List.of());
  }
}
