package ferry.cli.live;

import ferry.cli.client.Json;
import ferry.cli.terminal.Output;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.TerminalSize;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A search on a terminal, drawn in place; elsewhere a line whenever it has found something. */
final class ExperimentDisplay {
  private final Output err;
  private final Supplier<TerminalSize> size;
  private final LongSupplier clock;
  private final Screen screen;
  private String told = "";
  private String warned = "";
  private final Set<String> noted = new HashSet<>();
  private boolean begun;

  ExperimentDisplay(Output err, Supplier<TerminalSize> size, LongSupplier clock) {
    this.err = err;
    this.size = size;
    this.clock = clock;
    this.screen = new Screen(err);
  }

  synchronized void show(Json experiment) {
    if (err.isTerminal()) {
      var room = size.get();
      var lines = new ExperimentFrame(err, clock.getAsLong(), room.rows()).of(experiment);
      screen.draw("", lines, room.columns());
    } else {
      tell(experiment);
    }
  }

  private void tell(Json experiment) {
    if (!begun) {
      begun = true;
      err.println(ExperimentFrame.title(experiment));
    }
    var best = experiment.get("best");
    var line = best.isObject() ? ExperimentFrame.best(experiment) : "";
    if (!line.equals(told) && !line.isEmpty()) {
      told = line;
      err.println(line + "  (" + ExperimentFrame.counts(experiment) + ")");
    }
    var reason = SafeText.line(experiment.text("reason"));
    if (!best.isObject() && !reason.isEmpty() && !reason.equals(warned)) {
      warned = reason;
      err.println(reason);
    }
    for (var note : experiment.list("notes")) {
      var words = SafeText.line(note.text());
      if (noted.add(words)) {
        err.println(words);
      }
    }
    err.flush();
  }

  synchronized void say(String sentence) {
    if (err.isTerminal()) {
      screen.draw(SafeText.line(sentence) + "\n", List.of(), size.get().columns());
    } else {
      err.println(SafeText.line(sentence));
      err.flush();
    }
  }

  synchronized void end(Json experiment) {
    show(experiment);
    screen.release();
    err.flush();
  }
}
