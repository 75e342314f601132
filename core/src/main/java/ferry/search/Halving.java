package ferry.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One bracket of successive halving, judged rung by rung. Of a rung's n trials the best n / eta,
 * rounded up, go on.
 *
 * <p>Jamieson, Talwalkar: Non-stochastic Best Arm Identification, AISTATS 2016.
 */
final class Halving {
  private final List<Rung> rungs;
  private final double eta;
  private final int size;
  private final Membership rungOf = new Membership();

  Halving(List<Rung> rungs, double eta, int size) {
    this.rungs = rungs;
    this.eta = eta;
    this.size = size;
  }

  int size() {
    return size;
  }

  boolean hasRoom() {
    return rungOf.size() < size;
  }

  void add(int trial) {
    rungOf.put(trial, 0);
  }

  /** Takes a trial out whose parameters could not work: another takes its place. */
  void forget(int trial) {
    rungOf.remove(trial);
    rungs.forEach(rung -> rung.remove(trial));
  }

  /** How long a trial is to be trained at its rung. */
  long units(int trial) {
    return rungs.get(rungOf.of(trial)).units();
  }

  /** Whether a trial has its result at its rung already. */
  boolean waits(int trial) {
    return rungs.get(rungOf.of(trial)).results().stream()
        .anyMatch(result -> result.trial() == trial);
  }

  /** Takes a trial's result at its rung; says whether that was the top. */
  boolean arrived(int trial, double loss) {
    int r = rungOf.of(trial);
    rungs.get(r).insertAfter(trial, loss, false);
    return r == rungs.size() - 1;
  }

  /**
   * Sends the best waiting trial on to its next rung and names it; 0 where none may go.
   *
   * @param early whether rungs count that still wait for trials
   */
  int promotion(boolean early, History history) {
    for (int r = rungs.size() - 2; r >= 0; r--) {
      var results = rungs.get(r).results();
      boolean open = (early || judged(r)) && promoted(r) < entrants(r + 1);
      for (int at = 0; open && at < results.size(); at++) {
        if (!results.get(at).promoted() && able(results.get(at), history)) {
          rungs.get(r).promote(at);
          rungOf.put(results.get(at).trial(), r + 1);
          return results.get(at).trial();
        }
      }
    }
    return 0;
  }

  private static boolean able(Rung.Result result, History history) {
    return switch (history.trial(result.trial()).state()) {
      case RUNNING, PAUSED, FINISHED -> true;
      case STOPPING, STOPPED, FAILED, INVALID -> false;
    };
  }

  /** Whether all that will come to a rung have come. */
  private boolean judged(int rung) {
    int came = rungs.get(rung).results().size();
    return rung == 0 ? came >= size : judged(rung - 1) && came >= promoted(rung - 1) && came > 0;
  }

  private long promoted(int rung) {
    return rungs.get(rung).results().stream().filter(Rung.Result::promoted).count();
  }

  /** How many trials a rung is to see. */
  private int entrants(int rung) {
    int count = size;
    for (int r = 0; r < rung; r++) {
      count = (int) Math.ceil(count / eta - 1e-9);
    }
    return count;
  }

  double progress() {
    double done =
        rungs.stream().mapToDouble(rung -> rung.results().size() * (double) rung.units()).sum();
    double all = 0;
    double count = size;
    for (var rung : rungs) {
      all += count * rung.units();
      count = Math.ceil(count / eta - 1e-9);
    }
    return done / all;
  }

  void preview(Map<Long, Long> trialsByUnits) {
    long here = size;
    for (int r = 0; r < rungs.size(); r++) {
      long on = r == rungs.size() - 1 ? 0 : (long) Math.ceil(here / eta - 1e-9);
      if (here > on) {
        trialsByUnits.merge(rungs.get(r).units(), here - on, Long::sum);
      }
      here = on;
    }
  }

  List<Integer> members() {
    return rungOf.trials();
  }

  Map<String, Object> state() {
    var state = new LinkedHashMap<String, Object>();
    state.put("rungs", rungs.stream().map(Rung::state).toList());
    state.put("of", rungOf.state());
    return state;
  }

  void restore(Map<String, Object> state) {
    var all = Snapshot.list(state.get("rungs"));
    for (int i = 0; i < rungs.size(); i++) {
      rungs.get(i).restore(Snapshot.list(all.get(i)));
    }
    rungOf.restore(Snapshot.map(state.get("of")));
  }
}
