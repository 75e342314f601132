package ferry.cli.live;

import ferry.cli.client.Client;
import ferry.cli.client.CommandFailed;
import ferry.cli.client.EventStream;
import ferry.cli.client.Failure;
import ferry.cli.client.Json;
import ferry.cli.terminal.Output;
import ferry.cli.terminal.TerminalSize;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A command attached to an experiment. Ctrl-C detaches it, a second one stops the experiment.
 *
 * @param leave ends the process with a status
 */
public record ExperimentAttachment(
    Client client, Output err, Supplier<TerminalSize> size, LongSupplier clock, IntConsumer leave) {
  private static final int DETACHED = 130;
  private static final int MOST_BREAKS = 20;
  private static final long SECOND_CHANCE_NANOS = 1_000_000_000L;
  private static final long PAUSE_NANOS = 50_000_000L;

  /** Follows the experiment to its end; returns it as it was then. */
  public Json follow(String experiment) {
    var display = new ExperimentDisplay(err, size, clock);
    var asked = new AskedToLeave(experiment, display);
    Thread.ofPlatform().daemon().name("signals").start(() -> Interrupts.handle("INT", asked));
    var path = "/experiments/" + Client.encode(experiment) + "/events";
    int breaks = 0;
    while (true) {
      try (var answer = client.open(path)) {
        var ended = read(new EventStream(answer.body()), display);
        if (ended.isPresent()) {
          display.end(ended.get());
          return ended.get();
        }
      } catch (IOException e) {
        display.say("the connection to the server broke; going on with a new one");
      }
      if (++breaks > MOST_BREAKS) {
        throw Failure.system(
                "the connection to the server breaks again and again",
                "the search goes on; `ferry show " + experiment + "` tells how it is")
            .thrown();
      }
      LockSupport.parkNanos(PAUSE_NANOS * breaks);
    }
  }

  private static Optional<Json> read(EventStream events, ExperimentDisplay display)
      throws IOException {
    for (var event = events.next(); event.isPresent(); event = events.next()) {
      if (event.get().name().equals("end")) {
        return Optional.of(event.get().data());
      }
      if (event.get().name().equals("experiment")) {
        display.show(event.get().data());
      }
    }
    return Optional.empty();
  }

  /** What to do when Ctrl-C was pressed. */
  private final class AskedToLeave implements Runnable {
    private final String experiment;
    private final ExperimentDisplay display;
    private volatile int times;

    AskedToLeave(String experiment, ExperimentDisplay display) {
      this.experiment = experiment;
      this.display = display;
    }

    @Override
    public synchronized void run() {
      times++;
      if (times == 1) {
        display.say(
            "detached: "
                + experiment
                + " goes on; `ferry show "
                + experiment
                + "` tells how it is, Ctrl-C again stops it");
        Thread.ofPlatform().daemon().start(this::leaveSoon);
      } else if (times == 2) {
        Thread.ofPlatform().daemon().start(this::stop);
      } else {
        leave.accept(DETACHED);
      }
    }

    private void leaveSoon() {
      LockSupport.parkNanos(SECOND_CHANCE_NANOS);
      if (times == 1) {
        leave.accept(DETACHED);
      }
    }

    private void stop() {
      try {
        var path = "/experiments/" + Client.encode(experiment) + "/stop";
        client.post(path, Map.of("reason", "Ctrl-C"));
        display.say("stopping " + experiment + "; Ctrl-C once more leaves without waiting for it");
      } catch (CommandFailed e) {
        display.say("error: " + e.getMessage());
      }
    }
  }
}
