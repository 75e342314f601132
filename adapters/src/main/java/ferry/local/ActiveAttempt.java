package ferry.local;

import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.run.AttemptId;
import ferry.tracking.AttemptPath;
import java.nio.file.Path;
import java.util.Optional;

/** An attempt between its launch and its end, as the server knows it. */
final class ActiveAttempt {
  final Plan plan;
  final AttemptSpec spec;
  final Path files;
  private boolean handedOver;
  private boolean cancelled;
  private Optional<String> cacheKey = Optional.empty();

  ActiveAttempt(Path home, Plan plan, AttemptSpec spec) {
    this.plan = plan;
    this.spec = spec;
    this.files = AttemptPath.of(home, spec.id());
  }

  AttemptId id() {
    return spec.id();
  }

  String name() {
    return spec.id().toString();
  }

  Path directory() {
    return Path.of(plan.place().directory());
  }

  /** Asked to stop; whether that is all there is to do, because nothing was started yet. */
  synchronized boolean cancel() {
    boolean first = !cancelled;
    cancelled = true;
    return first && !handedOver;
  }

  /** About to be given to the launcher process; false where it was cancelled before. */
  synchronized boolean handOver() {
    handedOver = !cancelled;
    return handedOver;
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  synchronized Optional<String> cacheKey() {
    return cacheKey;
  }

  synchronized void remember(String key) {
    cacheKey = Optional.of(key);
  }
}
