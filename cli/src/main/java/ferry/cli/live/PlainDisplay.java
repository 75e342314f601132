package ferry.cli.live;

import ferry.cli.terminal.Output;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.Words;

/** Plain lines for pipes and files: logs to standard output, states to standard error. */
final class PlainDisplay implements Display {
  private final Output out;
  private final Output err;
  private boolean begun;

  PlainDisplay(Output out, Output err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public synchronized void begin(RunView run) {
    if (!begun) {
      begun = true;
      err.println(run.id() + " " + run.state() + ", " + Words.count(run.steps().size(), "step"));
      for (var step : run.steps()) {
        if (!step.state().equals("waiting")) {
          changed(step);
        }
      }
    }
  }

  @Override
  public synchronized void changed(StepView step) {
    if (!step.state().equals("waiting") || !step.reason().isEmpty()) {
      err.println(step.sentence());
    }
  }

  @Override
  public synchronized void line(String step, String text) {
    out.println(step + " | " + SafeText.logLine(text, out.hasColour()));
  }

  @Override
  public void unfinished(String step, String text) {}

  @Override
  public synchronized void say(String sentence) {
    out.flush();
    err.println(sentence);
    err.flush();
  }

  @Override
  public synchronized void tick() {
    out.flush();
    err.flush();
  }

  @Override
  public synchronized void end() {
    tick();
  }
}
