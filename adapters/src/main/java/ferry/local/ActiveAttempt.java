package ferry.local;

import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.run.AttemptId;
import ferry.tracking.AttemptPath;
import ferry.workflow.SecretTexts;
import java.nio.file.Path;
import java.util.Optional;

/** An attempt between its launch and its end, as the server knows it. */
final class ActiveAttempt {
  final Plan plan;
  final AttemptSpec spec;
  final Path files;
  private boolean inDoubt;
  private boolean handedOver;
  private boolean cancelled;
  private Optional<String> cacheKey = Optional.empty();
  private Optional<SecretTexts> hidden = Optional.empty();

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

  /** Of an earlier life of the server: whether it was started is still to be found out. */
  static ActiveAttempt inDoubt(Path home, Plan plan, AttemptSpec spec) {
    var attempt = new ActiveAttempt(home, plan, spec);
    attempt.inDoubt = true;
    return attempt;
  }

  /**
   * Asked to stop; whether that is all there is to do, because it is certain that nothing was
   * started yet.
   */
  synchronized boolean cancel() {
    boolean first = !cancelled;
    cancelled = true;
    return first && !handedOver && !inDoubt;
  }

  /** It was found to have been started; being asked to stop does not change that. */
  synchronized void foundStarted() {
    inDoubt = false;
    handedOver = true;
  }

  /** It was found not to have been started; false where it was asked to stop meanwhile. */
  synchronized boolean mayStart() {
    inDoubt = false;
    return !cancelled;
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

  /** What of its secrets must not be seen, as it was when it was started by this server. */
  synchronized Optional<SecretTexts> hidden() {
    return hidden;
  }

  synchronized void hide(SecretTexts texts) {
    hidden = Optional.of(texts);
  }
}
