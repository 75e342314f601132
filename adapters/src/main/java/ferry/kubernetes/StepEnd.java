package ferry.kubernetes;

import ferry.engine.AttemptSpec;
import ferry.error.UserException;
import ferry.run.Outcome;
import ferry.run.Outcome.Cause;
import ferry.workflow.DurationText;
import ferry.workflow.MemoryText;
import ferry.workflow.StepValues;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What became of a step whose Pod has ended, in words. */
public final class StepEnd {

  private final AttemptSpec attempt;
  private final Pod pod;
  private final PodView.Ended end;
  private final LogWords log;

  public StepEnd(AttemptSpec attempt, Pod pod, PodView.Ended end, LogWords log) {
    this.attempt = attempt;
    this.pod = pod;
    this.end = end;
    this.log = log;
  }

  public Outcome outcome() {
    if (end.ofPod()) {
      return ofPod();
    }
    int code = end.exitCode().orElse(-1);
    return code == 0 ? succeeded() : failed(code);
  }

  private Outcome ofPod() {
    return switch (end.reason()) {
      case "Evicted" -> new Outcome.Lost("was evicted from its node: " + lower(end.message()));
      case "NodeLost" -> new Outcome.Lost(Disruption.of(pod));
      case "NodeShutdown", "Shutdown", "Terminated", "NodeAffinity" ->
          new Outcome.Lost("its node is gone or was shut down: " + lower(end.message()));
      case "Preempting", "Preempted" ->
          new Outcome.Lost("had to make room for something of higher priority");
      case "DeadlineExceeded" ->
          failed(
              Cause.TIMEOUT,
              attempt
                  .timeout()
                  .map(StepEnd::tooLong)
                  .orElseGet(() -> "ran longer than the cluster lets it: " + lower(end.message())));
      case "" -> {
        var why = Disruption.of(pod);
        yield new Outcome.Lost(
            why.equals(Disruption.DELETED) ? "its Pod ended, and nobody knows how" : why);
      }
      default ->
          failed(Cause.CANNOT_START, "the node refused it: " + end.reason() + ": " + end.message());
    };
  }

  private static String tooLong(Duration timeout) {
    return "ran longer than its timeout of " + DurationText.print(timeout);
  }

  private static String lower(String text) {
    var plain = text.strip().replaceAll("\\.$", "");
    return plain.isEmpty()
        ? "no reason given"
        : plain.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + plain.substring(1);
  }

  private Outcome succeeded() {
    try {
      var values = StepValues.parse(end.message());
      return values.isEmpty() ? Outcome.Succeeded.PLAIN : new Outcome.Succeeded(values, false);
    } catch (UserException wrong) {
      return OutputGuard.refused(String.valueOf(wrong.getMessage()), wrong.error());
    }
  }

  private Outcome failed(int code) {
    var message = end.message().strip();
    if (attempt.timeout().isPresent() && message.equals(StepScript.TIMED_OUT)) {
      return failed(Cause.TIMEOUT, tooLong(attempt.timeout().get()));
    }
    var refusal = OutputGuard.refusal(message);
    if (refusal.isPresent()) {
      return OutputGuard.refused(refusal.get());
    }
    if (message.startsWith(StepScript.MISSING)) {
      var name = message.substring(StepScript.MISSING.length());
      return failed(
          Cause.OUTPUT,
          "it ended well, but did not make `" + name + "`, which its `outputs` promise");
    }
    if (end.reason().equals("OOMKilled")) {
      return failed(Cause.OUT_OF_MEMORY, memory());
    }
    if (isNotStarted()) {
      return failed(Cause.CANNOT_START, "its container could not be started: " + message);
    }
    return failed(Cause.EXIT, log.exit(code));
  }

  private String memory() {
    var limit = Optional.ofNullable(PodSettings.limit(pod, "memory")).map(this::bytes);
    return limit
        .map(bytes ->
            "was killed for memory: it reached its limit of %s; give it more with `--memory %s`"
                .formatted(MemoryText.about(bytes), MemoryText.print(twice(bytes))))
        .orElse(
            "was killed for memory: its node had no more; say how much it needs with `--memory`");
  }

  private long bytes(io.fabric8.kubernetes.api.model.Quantity quantity) {
    return quantity.getNumericalAmount().longValue();
  }

  /** Twice as much, in whole mebibytes. */
  private static long twice(long bytes) {
    long mebibyte = 1L << 20;
    return Math.max(1, (2 * bytes + mebibyte - 1) / mebibyte) * mebibyte;
  }

  private boolean isNotStarted() {
    return List.of("StartError", "ContainerCannotRun", "RunContainerError").contains(end.reason());
  }

  private Outcome failed(Cause cause, String reason) {
    return new Outcome.Failed(cause, code(), reason);
  }

  private OptionalInt code() {
    return end.exitCode();
  }
}
