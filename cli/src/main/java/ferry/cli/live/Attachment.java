package ferry.cli.live;

import ferry.cli.client.Client;
import ferry.cli.client.CommandFailed;
import ferry.cli.client.Json;
import ferry.cli.terminal.Output;
import ferry.cli.terminal.OutputClosed;
import ferry.cli.terminal.TerminalSize;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A command attached to a run. Ctrl-C detaches it, a second one within a second stops the run, a
 * third leaves at once.
 *
 * @param leave ends the process with a status
 */
public record Attachment(
    Client client,
    Output out,
    Output err,
    Supplier<TerminalSize> size,
    LongSupplier clock,
    IntConsumer leave) {
  private static final int DETACHED = 130;
  private static final int TICK_MILLIS = 100;
  private static final int SECOND_CHANCE_MILLIS = 1_000;

  /**
   * Follows the run to its end and shows how it ended.
   *
   * @param query of the events, without the question mark
   * @return the run as it ended
   */
  public Json follow(String run, String query) {
    var display = display();
    var ticker = Thread.ofPlatform().daemon().name("display").start(() -> tick(display));
    var asked = new AskedToLeave(run, display);
    Thread.ofPlatform().daemon().name("signals").start(() -> Interrupts.handle("INT", asked));
    var ended =
        new Follower(client, "/runs/" + Client.encode(run) + "/events?" + query, display).follow();
    ticker.interrupt();
    FailureReport.print(ended, err);
    return ended;
  }

  private Display display() {
    if (!err.isTerminal()) {
      return new PlainDisplay(out, err);
    }
    var known = new AtomicReference<>(size.get());
    Interrupts.handle("WINCH", () -> known.set(size.get()));
    return new LiveDisplay(out, err, known::get, clock);
  }

  private void tick(Display display) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(TICK_MILLIS);
        display.tick();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (OutputClosed e) {
      leave.accept(e.isBrokenPipe() ? 141 : 4);
    }
  }

  /** What to do when Ctrl-C was pressed. */
  private final class AskedToLeave implements Runnable {
    private final String run;
    private final Display display;
    private int times;

    AskedToLeave(String run, Display display) {
      this.run = run;
      this.display = display;
    }

    @Override
    public synchronized void run() {
      times++;
      notifyAll();
      if (times == 1) {
        display.say(
            "detached: "
                + run
                + " goes on; `ferry logs -f "
                + run
                + "` comes back, Ctrl-C again stops it");
        Thread.ofPlatform().daemon().start(this::awaitSecond);
      } else if (times == 2) {
        Thread.ofPlatform().daemon().start(this::stop);
      } else {
        leave.accept(DETACHED);
      }
    }

    private synchronized void awaitSecond() {
      long deadline = System.nanoTime() + SECOND_CHANCE_MILLIS * 1_000_000L;
      try {
        while (times == 1 && System.nanoTime() < deadline) {
          wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (times == 1) {
        leave.accept(DETACHED);
      }
    }

    private void stop() {
      try {
        client.post("/runs/" + Client.encode(run) + "/stop", Map.of("reason", "Ctrl-C"));
        display.say("stopping " + run + "; Ctrl-C once more leaves without waiting for it");
      } catch (CommandFailed e) {
        display.say("error: " + e.getMessage());
      }
    }
  }
}
