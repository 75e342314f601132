package ferry.store;

import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.Launching;
import ferry.run.RunEvent.Pending;
import ferry.run.RunEvent.RetryRequested;
import ferry.run.RunEvent.Started;
import ferry.run.RunEvent.StepEvent;
import ferry.run.RunEvent.StopRequested;
import ferry.run.RunEvent.Submitted;
import ferry.run.Usage;
import java.time.Instant;
import java.util.OptionalInt;

/** What happened to a run, as a word, a time to the millisecond, and a JSON object of the rest. */
final class EventCodec {
  private EventCodec() {}

  static String kind(RunEvent event) {
    return switch (event) {
      case Submitted _ -> "submitted";
      case StopRequested _ -> "stop-requested";
      case RetryRequested _ -> "retry-requested";
      case Launching _ -> "launching";
      case Started _ -> "started";
      case Pending _ -> "pending";
      case Ended _ -> "ended";
    };
  }

  static String body(RunEvent event) {
    return switch (event) {
      case Submitted _, RetryRequested _ -> "{}";
      case StopRequested(_, String reason) -> new Fields().put("reason", reason).json();
      case Launching launching -> about(launching).put("machine", launching.machine()).json();
      case Started started -> about(started).json();
      case Pending pending -> about(pending).put("reason", pending.reason()).json();
      case Ended ended -> body(ended);
    };
  }

  private static Fields about(StepEvent event) {
    return new Fields().put("step", event.stepRun()).put("attempt", event.attempt());
  }

  private static String body(Ended ended) {
    var fields = about(ended);
    switch (ended.outcome()) {
      case Outcome.Succeeded(var values, boolean cached) ->
          fields.put("outcome", "succeeded").put("values", values).putIf(cached, "cached", true);
      case Outcome.Failed(var cause, OptionalInt exitCode, String reason) ->
          fields
              .put("outcome", "failed")
              .put("cause", Words.write(cause))
              .put("exitCode", exitCode)
              .put("reason", reason);
      case Outcome.Stopped(OptionalInt exitCode) ->
          fields.put("outcome", "stopped").put("exitCode", exitCode);
      case Outcome.Lost(String reason) -> fields.put("outcome", "lost").put("reason", reason);
    }
    return fields
        .put("cpuSeconds", ended.usage().cpuSeconds())
        .put("peakMemoryBytes", ended.usage().peakMemoryBytes())
        .json();
  }

  static RunEvent read(String kind, Instant at, String body) {
    var tree = Json.read(body);
    return switch (kind) {
      case "submitted" -> new Submitted(at);
      case "stop-requested" -> new StopRequested(at, tree.text("reason"));
      case "retry-requested" -> new RetryRequested(at);
      case "launching" -> new Launching(step(tree), attempt(tree), at, tree.text("machine"));
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
