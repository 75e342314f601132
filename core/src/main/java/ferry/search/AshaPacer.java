package ferry.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Asynchronous successive halving in one bracket or several side by side. Each trial belongs to
 * one.
 *
 * <p>Li, Jamieson, Rostamizadeh, Gonina, Hardt, Recht, Talwalkar: A System for Massively Parallel
 * Hyperparameter Tuning, MLSys 2020.
 */
final class AshaPacer implements Pacer {
  private final List<Bracket> brackets;
  private final Membership bracketOf = new Membership();

  AshaPacer(List<Bracket> brackets) {
    this.brackets = List.copyOf(brackets);
  }

  @Override
  public void begin(Turn turn) {
    for (int i = 0; i < brackets.size(); i++) {
      for (int trial : brackets.get(i).begin(turn)) {
        bracketOf.put(trial, i);
      }
    }
  }

  @Override
  public void reported(Turn turn, Trial trial, double length, double loss) {
    int i = bracketOf.of(trial.number());
    brackets.get(i).reported(turn, trial, length, loss);
    claim(turn, i);
  }

  @Override
  public void ended(Turn turn, Trial trial) {
    int i = bracketOf.of(trial.number());
    brackets.get(i).over(turn, trial);
    claim(turn, i);
  }

  private void claim(Turn turn, int bracket) {
    for (int trial = turn.history().created(); trial > 0 && !bracketOf.has(trial); trial--) {
      bracketOf.put(trial, bracket);
    }
  }

  @Override
  public double progress(History history) {
    return brackets.stream().mapToDouble(Bracket::progress).average().orElse(1);
  }

  @Override
  public List<Preview> preview() {
    var trialsByUnits = new TreeMap<Long, Long>();
    brackets.forEach(bracket -> bracket.preview(trialsByUnits));
    return trialsByUnits.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> new Preview(entry.getValue(), OptionalLong.of(entry.getKey())))
        .toList();
  }

  @Override
  public Map<String, Object> state() {
    return Map.of("brackets", brackets.stream().map(Bracket::state).toList());
  }

  @Override
  public void restore(Map<String, Object> state) {
    var all = new ArrayList<>(Snapshot.list(state.get("brackets")));
    for (int i = 0; i < brackets.size(); i++) {
      brackets.get(i).restore(Snapshot.map(all.get(i)));
      for (int trial : brackets.get(i).rungOf.trials()) {
        bracketOf.put(trial, i);
      }
    }
  }
}
