package ferry.cli.live;

import ferry.cli.terminal.Colour;
import ferry.cli.terminal.Output;
import ferry.cli.terminal.Width;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run looks like at a moment: a line for each step where all fit on the screen, else those
 * that failed or run now and a count of the rest.
 */
record Frame(Output colours, int rows, long now) {
  private static final int WIDEST_NAME = 40;
  private static final int WIDEST_STATE = 9;
  private static final int WIDEST_TIME = 9;

  List<String> of(RunView run, Map<String, String> unfinished) {
    int room = Math.max(1, rows - 2);
    var shown = shown(run, room);
    int names = 0;
    for (var step : shown) {
      names = Math.min(WIDEST_NAME, Math.max(names, Width.of(step.name())));
    }
    var lines = new ArrayList<String>();
    for (var step : shown) {
      lines.add(line(step, names, unfinished.getOrDefault(step.name(), "")));
    }
    if (shown.size() < run.steps().size()) {
      lines.add(colours.paint(Colour.DIM, run.tally()));
    }
    return lines;
  }

  private static List<StepView> shown(RunView run, int room) {
    if (run.steps().size() <= room) {
      return List.copyOf(run.steps());
    }
    var shown = new ArrayList<StepView>();
    int most = room - 1;
    int failedRoom = Math.max(1, most - Math.min(run.count("running"), most / 2));
    add(shown, run, true, failedRoom);
    add(shown, run, false, most);
    return shown;
  }

  private static void add(List<StepView> shown, RunView run, boolean failed, int most) {
    for (var step : run.steps()) {
      if (shown.size() >= most) {
        return;
      }
      if (failed ? step.isFailed() : step.isActive()) {
        shown.add(step);
      }
    }
  }

  private String line(StepView step, int names, String unfinished) {
    var line = new StringBuilder("  ");
    line.append(Width.pad(Width.cut(step.name(), names), names)).append("  ");
    var state = step.cached() ? "cached" : step.state();
    line.append(colours.paint(Colour.ofState(step.state()), state));
    line.repeat(' ', Math.max(0, WIDEST_STATE - Width.of(state))).append("  ");
    line.append(Width.padLeft(step.duration(now), WIDEST_TIME));
    if (step.attempt() > 1) {
      line.append("  attempt ").append(step.attempt());
    }
    if (!unfinished.isEmpty() && step.isActive()) {
      line.append("  ").append(unfinished);
    } else if (!step.reason().isEmpty()) {
      line.append("  ").append(step.reason());
    }
    return line.toString().stripTrailing();
  }
}
