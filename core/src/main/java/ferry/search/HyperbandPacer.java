package ferry.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Hyperband: brackets of successive halving, from many trials trained briefly to few trained to the
 * end, over again until all trials are made. A rung is judged when its last trial has come; only
 * where nothing else is left to do are the best of an unfinished rung sent on, so that a trial that
 * hangs keeps nobody waiting.
 *
 * <p>Li, Jamieson, DeSalvo, Rostamizadeh, Talwalkar: Hyperband, JMLR 18 (2018).
 */
final class HyperbandPacer implements Pacer {
  private final List<Halving> brackets = new ArrayList<>();
  private final Membership bracketOf = new Membership();
  private final int atOnce;

  /** Whether trials know by a parameter where to end, and are judged then, by what counts. */
  private final boolean told;

  HyperbandPacer(SearchPlan plan, Settings settings) {
    double eta = settings.real("eta", 3, "a number of at least 1.1", number -> number >= 1.1);
    long length = Brackets.length(plan, settings);
    int most = Brackets.mostRungs(Integer.MAX_VALUE, eta, length, Integer.MAX_VALUE) - 1;
    int left = plan.trials();
    for (int s = most; left > 0; s = s == 0 ? most : s - 1) {
      int wanted = (int) Math.ceil((most + 1) * StrictMath.pow(eta, s) / (s + 1) - 1e-9);
      int count = Math.min(left, wanted);
      brackets.add(new Halving(Rung.of(s + 1, eta, length), eta, count));
      left -= count;
    }
    atOnce = plan.atOnce();
    told = plan.lengthParameter().isPresent();
  }

  @Override
  public void begin(Turn turn) {
    work(turn);
  }

  @Override
  public void reported(Turn turn, Trial trial, double length, double loss) {
    var bracket = brackets.get(bracketOf.of(trial.number()));
    if ((long) length >= bracket.units(trial.number())) {
      arrived(turn, bracket, trial, loss);
      work(turn);
    }
  }

  @Override
  public void ended(Turn turn, Trial trial) {
    var bracket = brackets.get(bracketOf.of(trial.number()));
    boolean bad = trial.state() != Trial.State.FINISHED;
    if (trial.state() == Trial.State.INVALID) {
      bracket.forget(trial.number());
    } else if (!bracket.waits(trial.number())) {
      arrived(turn, bracket, trial, bad ? Double.POSITIVE_INFINITY : loss(turn.history(), trial));
    }
    work(turn);
  }

  private double loss(History history, Trial trial) {
    return told ? history.loss(trial) : history.goal().loss(trial.last());
  }

  private static void arrived(Turn turn, Halving bracket, Trial trial, double loss) {
    if (bracket.arrived(trial.number(), loss)) {
      turn.stop(trial.number(), "it was trained to the end");
    } else {
      turn.pause(trial.number());
    }
  }

  /** Gives every free place something to do. */
  private void work(Turn turn) {
    boolean more = true;
    while (more && turn.history().active() < atOnce) {
      more = promote(turn, false) || create(turn) || promote(turn, true);
    }
  }

  private boolean promote(Turn turn, boolean early) {
    for (var bracket : brackets) {
      int trial = bracket.promotion(early, turn.history());
      if (trial > 0) {
        turn.proceed(trial, bracket.units(trial));
        return turn.history().trial(trial).state() == Trial.State.RUNNING;
      }
    }
    return false;
  }

  private boolean create(Turn turn) {
    for (int i = 0; i < brackets.size(); i++) {
      if (brackets.get(i).hasRoom()) {
        var made = turn.create(OptionalLong.of(brackets.get(i).units(0)));
        if (made.isPresent()) {
          brackets.get(i).add(made.getAsInt());
          bracketOf.put(made.getAsInt(), i);
        }
        return made.isPresent();
      }
    }
    return false;
  }

  @Override
  public double progress(History history) {
    double all = brackets.stream().mapToDouble(Halving::size).sum();
    return brackets.stream().mapToDouble(bracket -> bracket.progress() * bracket.size()).sum()
        / all;
  }

  @Override
  public List<Preview> preview() {
    var trialsByUnits = new TreeMap<Long, Long>();
    brackets.forEach(bracket -> bracket.preview(trialsByUnits));
    return trialsByUnits.entrySet().stream()
        .map(entry -> new Preview(entry.getValue(), OptionalLong.of(entry.getKey())))
        .toList();
  }

  @Override
  public Map<String, Object> state() {
    var state = new LinkedHashMap<String, Object>();
    state.put("brackets", brackets.stream().map(Halving::state).toList());
    return state;
  }

  @Override
  public void restore(Map<String, Object> state) {
    var all = Snapshot.list(state.get("brackets"));
    for (int i = 0; i < brackets.size(); i++) {
      int index = i;
      brackets.get(i).restore(Snapshot.map(all.get(i)));
      brackets.get(i).members().forEach(trial -> bracketOf.put(trial, index));
    }
  }
}
