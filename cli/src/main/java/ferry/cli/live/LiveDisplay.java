package ferry.cli.live;

import ferry.cli.terminal.Output;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.TerminalSize;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A run on a terminal: log lines scroll by above a line for each step, drawn in place. However much
 * happens, it draws ten times a second at most, and no more lines than fit.
 */
final class LiveDisplay implements Display {
  /** Text that may wait for the next drawing. */
  private static final int MOST_WAITING = 65_536;

  private final Output out;
  private final boolean logsAbove;
  private final Output err;
  private final Screen screen;
  private final Supplier<TerminalSize> size;
  private final LongSupplier clock;
  private final Map<String, String> unfinished = new HashMap<>();
  private final StringBuilder above = new StringBuilder();
  private RunView run = new RunView();
  private boolean changed;
  private long drawnSecond;

  LiveDisplay(Output out, Output err, Supplier<TerminalSize> size, LongSupplier clock) {
    this.out = out;
    this.logsAbove = out.isTerminal();
    this.err = err;
    this.screen = new Screen(err);
    this.size = size;
    this.clock = clock;
  }

  @Override
  public synchronized void begin(RunView begun) {
    run = begun;
    changed = true;
  }

  @Override
  public synchronized void changed(StepView step) {
    changed = true;
    if (!step.isActive()) {
      unfinished.remove(step.name());
    }
  }

  @Override
  public synchronized void line(String step, String text) {
    if (!logsAbove) {
      out.println(step + " | " + SafeText.logLine(text, false));
      return;
    }
    above.append(err.paint(ferry.cli.terminal.Colour.DIM, step + " |")).append(' ');
    above.append(SafeText.logLine(text, err.hasColour())).append('\n');
    unfinished.remove(step);
    if (above.length() > MOST_WAITING) {
      draw();
    }
  }

  @Override
  public synchronized void unfinished(String step, String text) {
    var before =
        text.isEmpty()
            ? unfinished.remove(step)
            : unfinished.put(step, SafeText.logLine(text, false));
    changed |= !text.equals(before);
  }

  @Override
  public synchronized void say(String sentence) {
    above.append(sentence).append('\n');
    draw();
  }

  @Override
  public synchronized void tick() {
    if (changed || !above.isEmpty() || clock.getAsLong() / 1000 != drawnSecond) {
      draw();
    }
  }

  @Override
  public synchronized void end() {
    draw();
    screen.release();
  }

  private void draw() {
    out.flush();
    long now = clock.getAsLong();
    var room = size.get();
    screen.draw(
        above.toString(), new Frame(err, room.rows(), now).of(run, unfinished), room.columns());
    above.setLength(0);
    changed = false;
    drawnSecond = now / 1000;
  }
}
