package ferry.store;

import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.Launching;
import ferry.run.RunEvent.Pending;
import ferry.run.RunEvent.Queued;
import ferry.run.RunEvent.RetryRequested;
import ferry.run.RunEvent.Started;
import ferry.run.RunEvent.StepEvent;
import ferry.run.RunEvent.StopRequested;
import ferry.run.RunEvent.Submitted;
import ferry.run.Usage;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** What happened to a run, as a word, a time to the millisecond, and a JSON object of the rest. */
final class EventCodec {
  /** The kind of a row that holds several events of steps. */
  static final String TURN = "turn";

  private EventCodec() {}

  static String kind(RunEvent event) {
    return switch (event) {
      case Submitted _ -> "submitted";
      case StopRequested _ -> "stop-requested";
      case RetryRequested _ -> "retry-requested";
      case Launching _ -> "launching";
      case Queued _ -> "queued";
      case Started _ -> "started";
      case Pending _ -> "pending";
      case Ended _ -> "ended";
    };
  }

  static String body(RunEvent event) {
    var text = new StringBuilder(96);
    var object = new ObjectText(text);
    write(object, event);
    object.close();
    return text.toString();
  }

  /** What a turn made of a run's steps, as one body: a row for each event would cost more. */
  static String turn(List<? extends StepEvent> events) {
    var text = new StringBuilder(128 * events.size()).append("{\"events\":");
    char before = '[';
    for (var event : events) {
      text.append(before);
      var object = new ObjectText(text);
      object.put("kind", kind(event)).put("at", event.at().toEpochMilli());
      write(object, event);
      object.close();
      before = ',';
    }
    return text.append("]}").toString();
  }

  private static void write(ObjectText out, RunEvent event) {
    switch (event) {
      case Submitted _, RetryRequested _ -> {}
      case StopRequested(_, String reason) -> out.put("reason", reason);
      case StepEvent report -> {
        out.put("step", report.stepRun()).put("attempt", report.attempt());
        writeRest(out, report);
      }
    }
  }

  private static void writeRest(ObjectText out, StepEvent event) {
    switch (event) {
      case Launching launching -> out.put("machine", launching.machine());
      case Queued queued -> out.put("machine", queued.machine());
      case Started _ -> {}
      case Pending pending -> out.put("reason", pending.reason());
      case Ended ended -> {
        write(out, ended.outcome());
        out.put("cpuSeconds", ended.usage().cpuSeconds())
            .put("peakMemoryBytes", ended.usage().peakMemoryBytes());
      }
    }
  }

  private static void write(ObjectText out, Outcome outcome) {
    switch (outcome) {
      case Outcome.Succeeded(var values, boolean cached) ->
          out.put("outcome", "succeeded").put("values", values).putIf(cached, "cached");
      case Outcome.Failed(var cause, OptionalInt exitCode, String reason) ->
          out.put("outcome", "failed")
              .put("cause", Words.write(cause))
              .put("exitCode", exitCode)
              .put("reason", reason);
      case Outcome.Stopped(OptionalInt exitCode) ->
          out.put("outcome", "stopped").put("exitCode", exitCode);
      case Outcome.Lost(String reason) -> out.put("outcome", "lost").put("reason", reason);
    }
  }

  /** The events of one row, in their order. */
  static List<RunEvent> readAll(String kind, Instant at, String body) {
    if (!kind.equals(TURN)) {
      return List.of(read(kind, at, Json.read(body)));
    }
    return Json.read(body).trees("events").stream().map(EventCodec::read).toList();
  }

  private static RunEvent read(Tree tree) {
    var at = tree.optionalNumber("at");
    if (at.isEmpty()) {
      throw Tree.unreadable("`at` is missing");
    }
    return read(tree.text("kind"), Instant.ofEpochMilli(at.getAsLong()), tree);
  }

  private static RunEvent read(String kind, Instant at, Tree tree) {
    return switch (kind) {
      case "submitted" -> new Submitted(at);
      case "stop-requested" -> new StopRequested(at, tree.text("reason"));
      case "retry-requested" -> new RetryRequested(at);
      case "launching" -> new Launching(step(tree), attempt(tree), at, tree.text("machine"));
      case "queued" -> new Queued(step(tree), attempt(tree), at, tree.text("machine"));
      case "started" -> new Started(step(tree), attempt(tree), at);
      case "pending" -> new Pending(step(tree), attempt(tree), at, tree.text("reason"));
      case "ended" -> new Ended(step(tree), attempt(tree), at, outcome(tree), usage(tree));
      default -> throw Tree.unreadable("an event `" + kind + "` is not known");
    };
  }

  private static String step(Tree tree) {
    return tree.text("step");
  }

  private static int attempt(Tree tree) {
    return tree.count("attempt", 1);
  }

  private static Outcome outcome(Tree tree) {
    var word = tree.text("outcome");
    return switch (word) {
      case "succeeded" -> new Outcome.Succeeded(tree.words("values"), tree.flag("cached"));
      case "failed" ->
          new Outcome.Failed(
              Words.read(Outcome.Cause.class, tree.text("cause")),
              exitCode(tree),
              tree.text("reason"));
      case "stopped" -> new Outcome.Stopped(exitCode(tree));
      case "lost" -> new Outcome.Lost(tree.text("reason"));
      default -> throw Tree.unreadable("an outcome `" + word + "` is not known");
    };
  }

  private static OptionalInt exitCode(Tree tree) {
    return tree.has("exitCode") ? OptionalInt.of(tree.count("exitCode", 0)) : OptionalInt.empty();
  }

  private static Usage usage(Tree tree) {
    return new Usage(tree.optionalReal("cpuSeconds"), tree.optionalNumber("peakMemoryBytes"));
  }
}
