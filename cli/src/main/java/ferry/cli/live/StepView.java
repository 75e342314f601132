package ferry.cli.live;

import ferry.cli.client.Json;
import ferry.cli.terminal.IsoTime;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.Words;
import java.util.List;
import java.util.OptionalLong;

/**
 * A step run as it is told of, as far as it is shown. Every text in it is harmless for a terminal.
 *
 * @param attempt the number of its newest attempt, 0 where there was none
 * @param started in milliseconds since 1970, of the newest attempt
 */
public record StepView(
    String name,
    String state,
    String reason,
    boolean cached,
    int attempt,
    OptionalLong started,
    OptionalLong ended) {

  public static StepView of(Json step) {
    var attempts = step.list("attempts");
    var last = attempts.isEmpty() ? new Json(null) : attempts.getLast();
    return new StepView(
        SafeText.line(step.text("name")),
        SafeText.line(step.text("state")),
        SafeText.line(step.text("reason")),
        step.isTrue("cached"),
        (int) last.number("number").orElse(attempts.size()),
        IsoTime.millis(last.text("started")),
        IsoTime.millis(last.text("ended")));
  }

  /** A step that logs before it was told of. */
  static StepView unknown(String name) {
    return new StepView(name, "running", "", false, 1, OptionalLong.empty(), OptionalLong.empty());
  }

  public boolean isActive() {
    return state.equals("running") || state.equals("starting") || state.equals("stopping");
  }

  public boolean isFailed() {
    return state.equals("failed");
  }

  boolean isEnded() {
    return List.of("succeeded", "failed", "stopped", "skipped").contains(state);
  }

  /** How long its newest attempt took, or takes by now; empty where it has not started. */
  String duration(long now) {
    return started.isEmpty() ? "" : Words.duration(ended.orElse(now) - started.getAsLong());
  }

  /** Its state in a line of plain text: {@code train[relu] succeeded in 1.2 s}. */
  String sentence() {
    var sentence = new StringBuilder(name).append(' ').append(state);
    if (cached) {
      sentence.append(", from an earlier run");
    } else if (isEnded() && ended.isPresent() && started.isPresent()) {
      sentence.append(state.equals("succeeded") ? " in " : " after ").append(duration(0));
    }
    if (attempt > 1 && isActive()) {
      sentence.append(", attempt ").append(attempt);
    }
    return reason.isEmpty() ? sentence.toString() : sentence.append(": ").append(reason).toString();
  }
}
