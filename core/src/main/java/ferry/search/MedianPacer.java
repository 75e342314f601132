package ferry.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trains every trial to its end, but stops one whose best so far is worse than what finished trials
 * showed in their first reports, on average. The settings and the arithmetic, a mean under the name
 * of a median, are Katib's.
 *
 * <p>Golovin, Solnik, Moitra, Kochanski, Karro, Sculley: Google Vizier, KDD 2017, section 3.2.1.
 */
final class MedianPacer implements Pacer {
  private final WholePacer whole;
  private final int minTrials;
  private final int startStep;
  private final Map<Integer, Double> sums = new TreeMap<>();

  /** How many reports are in each of the sums. */
  private final Map<Integer, Long> summed = new TreeMap<>();

  private double finishedSum;
  private int finished;

  MedianPacer(WholePacer whole, Settings settings) {
    this.whole = whole;
    minTrials = settings.whole("min_trials_required", 1).orElse(3);
    startStep = settings.whole("start_step", 1).orElse(4);
  }

  @Override
  public void begin(Turn turn) {
    whole.begin(turn);
  }

  @Override
  public void reported(Turn turn, Trial trial, double length, double loss) {
    add(trial, loss);
    whole.reported(turn, trial, length, loss);
    double bar = finishedSum / finished;
    double best = turn.history().goal().loss(trial.best());
    if (finished >= minTrials && trial.reports() >= startStep && best > bar) {
      turn.stop(trial.number(), "it is worse than the average of " + finished + " finished trials");
    }
  }

  /** A report stands for those too that were left out before it. */
  private void add(Trial trial, double loss) {
    long now = Math.min(trial.reports(), startStep);
    long more = now - summed.getOrDefault(trial.number(), 0L);
    if (more > 0) {
      sums.merge(trial.number(), loss * more, Double::sum);
      summed.put(trial.number(), now);
    }
  }

  @Override
  public void ended(Turn turn, Trial trial) {
    var sum = sums.remove(trial.number());
    summed.remove(trial.number());
    boolean good =
        trial.state() == Trial.State.FINISHED
            || trial.state() == Trial.State.STOPPED && whole.complete(trial);
    if (good && sum != null && Double.isFinite(sum)) {
      finishedSum += sum / Math.min(trial.reports(), startStep);
      finished++;
    }
    whole.ended(turn, trial);
  }

  @Override
  public double progress(History history) {
    return whole.progress(history);
  }

  @Override
  public List<Preview> preview() {
    return whole.preview();
  }

  @Override
  public Map<String, Object> state() {
    var state = new LinkedHashMap<String, Object>();
    state.put("sums", sums);
    state.put("summed", summed);
    state.put("finishedSum", finishedSum);
    state.put("finished", finished);
    return state;
  }

  @Override
  public void restore(Map<String, Object> state) {
    Snapshot.map(state.get("sums"))
        .forEach((trial, sum) -> sums.put(Integer.valueOf(trial), Snapshot.real(sum)));
    Snapshot.map(state.get("summed"))
        .forEach((trial, count) -> summed.put(Integer.valueOf(trial), Snapshot.whole(count)));
    finishedSum = Snapshot.real(state.get("finishedSum"));
    finished = (int) Snapshot.whole(state.get("finished"));
  }
}
