package ferry.cli.live;

import ferry.cli.client.Json;
import ferry.cli.terminal.SafeText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A run as it is told of: its steps in their order, and how many are in which state. */
public final class RunView {
  private final Map<String, StepView> steps = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private String id = "";
  private String state = "";

  /** Takes in a whole run, or only what is said of its state. */
  void take(Json run) {
    id = run.text("id").isEmpty() ? id : SafeText.line(run.text("id"));
    state = run.text("state").isEmpty() ? state : SafeText.line(run.text("state"));
    for (var step : run.list("steps")) {
      take(StepView.of(step));
    }
  }

  /** Takes in a step; true where its state or attempt is another than before. */
  boolean take(StepView step) {
    var before = steps.put(step.name(), step);
    if (before != null) {
      counts.merge(before.state(), -1, Integer::sum);
    }
    counts.merge(step.state(), 1, Integer::sum);
    return before == null
        || !before.state().equals(step.state())
        || before.attempt() != step.attempt() && step.attempt() > 1
        || !before.reason().equals(step.reason());
  }

  public String id() {
    return id;
  }

  public String state() {
    return state;
  }

  Collection<StepView> steps() {
    return steps.values();
  }

  boolean knows(String step) {
    return steps.containsKey(step);
  }

  int count(String state) {
    return counts.getOrDefault(state, 0);
  }

  /** How many are in each state, as a person would list them: {@code 950 waiting, 30 succeeded}. */
  String tally() {
    var tally = new StringBuilder();
    for (var entry : counts.entrySet()) {
      if (entry.getValue() > 0) {
        tally.append(tally.isEmpty() ? "" : ", ");
        tally
            .append(ferry.cli.terminal.Words.grouped(entry.getValue()))
            .append(' ')
            .append(entry.getKey());
      }
    }
    return tally.toString();
  }
}
