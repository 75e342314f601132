package ferry.cli.live;

import ferry.cli.client.Client;
import ferry.cli.client.EventStream;
import ferry.cli.client.Failure;
import ferry.cli.client.Json;
import ferry.cli.terminal.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a run's events and shows them, across servers that come and go, until the run has ended.
 */
final class Follower {
  private static final int MOST_BREAKS = 20;

  private final Client client;
  private final String path;
  private final Display display;
  private final RunView run = new RunView();
  private final Map<String, LogLines> logs = new HashMap<>();

  /** By step and attempt, the byte of its log up to which lines were shown. */
  private final Map<String, Long> shown = new HashMap<>();

  private int breaks;

  /** Whether any connection broke: only then may what comes have been shown before. */
  private boolean hasBroken;

  Follower(Client client, String path, Display display) {
    this.client = client;
    this.path = path;
    this.display = display;
  }

  /** Returns the run as it was at its end. */
  Json follow() {
    while (true) {
      try (var answer = client.open(path)) {
        var ended = read(new EventStream(answer.body()));
        if (ended.isPresent()) {
          return ended.get();
        }
        broke("its stream ended early");
      } catch (IOException e) {
        broke(String.valueOf(e.getMessage()));
      }
    }
  }

  private void broke(String why) {
    breaks++;
    hasBroken = true;
    if (breaks > MOST_BREAKS) {
      throw Failure.system(
              "the connection to the server breaks again and again: " + why,
              "the run goes on; `ferry show` tells how it is")
          .thrown();
    }
    if (breaks == 1) {
      display.say("the connection to the server broke; going on with a new one");
    }
    java.util.concurrent.locks.LockSupport.parkNanos(50_000_000L * breaks);
  }

  private Optional<Json> read(EventStream events) throws IOException {
    for (var event = events.next(); event.isPresent(); event = events.next()) {
      breaks = 0;
      var data = event.get().data();
      switch (event.get().name()) {
        case "run" -> takeRun(data);
        case "step" -> takeSteps(data);
        case "log" -> takeLog(data);
        case "trouble" -> takeTrouble(data.text("reason"));
        case "end" -> {
          return Optional.of(end(data));
        }
        default -> {} // an event of a newer server
      }
    }
    return Optional.empty();
  }

  private void takeRun(Json data) {
    boolean whole = data.get("steps").isList();
    run.take(data);
    if (whole) {
      display.begin(run);
    }
  }

  private void takeTrouble(String reason) {
    display.say(
        reason.isEmpty()
            ? "that is over, and the run goes on"
            : "the run does not go on: " + ferry.cli.terminal.SafeText.line(reason));
  }

  private void takeSteps(Json data) {
    for (var step : data.isList() ? data.list() : java.util.List.of(data)) {
      var view = StepView.of(step);
      if (!view.name().isEmpty() && run.take(view)) {
        if (!view.isActive()) {
          endLog(view.name());
        }
        display.changed(view);
      }
    }
  }

  private void takeLog(Json data) {
    var step = ferry.cli.terminal.SafeText.line(data.text("step"));
    var lines = logs.computeIfAbsent(step, _ -> new LogLines());
    if (data.number("skipped").isPresent()) {
      var left = Words.bytes(data.number("skipped").getAsLong());
      lines.end(line -> display.line(step, line));
      display.line(step, "… " + left + " left out here; `ferry logs` has them");
    }
    lines.take(unseen(step, data), line -> display.line(step, line));
    display.unfinished(step, lines.unfinished());
  }

  /** What of a piece was not shown before the connection broke. */
  private String unseen(String step, Json data) {
    var text = data.text("text");
    var next = data.number("next");
    if (next.isEmpty()) {
      return text;
    }
    long seen = shown.merge(step + "/" + data.text("attempt"), 0L, Long::sum);
    shown.put(step + "/" + data.text("attempt"), Math.max(seen, next.getAsLong()));
    if (!hasBroken || seen == 0) {
      return text;
    }
    if (next.getAsLong() <= seen) {
      return "";
    }
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    long overlap = seen - (next.getAsLong() - bytes.length);
    return overlap <= 0 || overlap > bytes.length
        ? text
        : new String(bytes, (int) overlap, bytes.length - (int) overlap, StandardCharsets.UTF_8);
  }

  private void endLog(String step) {
    var lines = logs.remove(step);
    if (lines != null) {
      lines.end(line -> display.line(step, line));
    }
  }

  private Json end(Json data) {
    for (var step : java.util.List.copyOf(logs.keySet())) {
      endLog(step);
    }
    var last = data.get("steps").isList() ? data : client.get("/runs/" + Client.encode(run.id()));
    run.take(last);
    display.end();
    return last;
  }
}
