package ferry.local;

import ferry.engine.Launcher.Reports;
import ferry.engine.StartQueue;
import ferry.run.AttemptId;
import ferry.run.Outcome;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.Pending;
import ferry.run.RunEvent.Started;
import ferry.run.RunEvent.StepEvent;
import ferry.run.Usage;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The attempts between their launch and their end. Each ends once: the engine is told, and what the
 * attempt held is free for the next.
 */
final class UnderWay {
  private final Map<String, ActiveAttempt> active = new ConcurrentHashMap<>();
  private final Gpus gpus;
  private final StartQueue<ActiveAttempt> queue;
  private final Clock clock;
  private final Consumer<ActiveAttempt> begin;
  private @Nullable Reports reports;

  /**
   * None yet.
   *
   * @param begin starts what got the room of an attempt that ended
   */
  UnderWay(Gpus gpus, StartQueue<ActiveAttempt> queue, Clock clock, Consumer<ActiveAttempt> begin) {
    this.gpus = gpus;
    this.queue = queue;
    this.clock = clock;
    this.begin = begin;
  }

  /** From here on they are reported. */
  void reportTo(Reports engine) {
    reports = engine;
  }

  /** Whether it was not there yet. */
  boolean add(ActiveAttempt attempt) {
    return active.putIfAbsent(attempt.name(), attempt) == null;
  }

  Optional<ActiveAttempt> find(String name) {
    return Optional.ofNullable(active.get(name));
  }

  void pending(ActiveAttempt attempt, String reason) {
    var id = attempt.id();
    report(new Pending(id.stepRun(), id.number(), clock.instant(), reason), id);
  }

  void started(ActiveAttempt attempt, Instant at) {
    var id = attempt.id();
    report(new Started(id.stepRun(), id.number(), at), id);
  }

  void cannotStart(ActiveAttempt attempt, String words) {
    end(attempt, Ending.cannotStart(words));
  }

  void lost(ActiveAttempt attempt, String reason) {
    end(attempt, new Outcome.Lost(reason));
  }

  /** Asked to stop before anything of it was started. */
  void stopped(ActiveAttempt attempt) {
    end(attempt, new Outcome.Stopped(OptionalInt.empty()));
  }

  /** It ends now, without having used anything that is known. */
  void end(ActiveAttempt attempt, Outcome outcome) {
    end(attempt, clock.instant(), outcome, Usage.UNKNOWN);
  }

  void end(ActiveAttempt attempt, Instant at, Outcome outcome, Usage usage) {
    if (active.remove(attempt.name(), attempt)) {
      gpus.release(attempt.id());
      var id = attempt.id();
      report(new Ended(id.stepRun(), id.number(), at, outcome, usage), id);
      queue.end(id, outcome instanceof Outcome.Succeeded).forEach(begin);
    }
  }

  private void report(StepEvent event, AttemptId id) {
    if (reports != null) {
      reports.report(id.run(), event);
    }
  }
}
