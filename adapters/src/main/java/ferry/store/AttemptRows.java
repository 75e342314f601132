package ferry.store;

import ferry.run.Outcome;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.Launching;
import ferry.run.RunEvent.Pending;
import ferry.run.RunEvent.Queued;
import ferry.run.RunEvent.Started;
import ferry.run.RunEvent.StepEvent;
import ferry.run.StepRun;
import ferry.run.StepState;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that one turn tells of, gathered so that each is written once, however much happened
 * to it. An attempt that has ended is not opened again, and one that runs is not yet to start
 * again. One that waits for its turn is not shown.
 */
final class AttemptRows {
  private static final String PUT =
      "INSERT INTO attempts (run, idx, number, state, started, ended, exit_code, reason,"
          + " cpu_seconds, peak_memory) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (run, idx, number) DO UPDATE SET state = excluded.state,"
          + " started = COALESCE(excluded.started, attempts.started), ended = excluded.ended,"
          + " exit_code = excluded.exit_code, reason = excluded.reason,"
          + " cpu_seconds = excluded.cpu_seconds, peak_memory = excluded.peak_memory"
          + " WHERE attempts.state = 'starting'"
          + " OR attempts.ended IS NULL AND excluded.ended IS NOT NULL";

  private final Map<Key, Attempt> attempts = new LinkedHashMap<>();

  private record Key(int index, int number) {}

  private static final class Attempt {
    private String state = "starting";
    private String reason = "";
    private @Nullable Long started;
    private @Nullable Ended end;
  }

  /** Takes in what happened to an attempt of a step run, which is given as it is after that. */
  void take(StepRun stepRun, StepEvent report) {
    if (report instanceof Queued) {
      return;
    }
    var key = new Key(stepRun.index(), report.attempt());
    var attempt = attempts.computeIfAbsent(key, _ -> new Attempt());
    if (attempt.end != null) {
      return;
    }
    switch (report) {
      case Launching _, Queued _ -> {}
      case Pending pending -> attempt.reason = pending.reason();
      case Started started -> {
        attempt.state = "running";
        attempt.started = started.at().toEpochMilli();
        attempt.reason = "";
      }
      case Ended ended -> {
        attempt.end = asAsked(stepRun, ended);
        attempt.state = state(attempt.end.outcome());
        attempt.reason = reason(attempt.end.outcome());
      }
    }
  }

  /** What was asked to stop and did not end well was stopped, whoever saw its processes die. */
  private static Ended asAsked(StepRun stepRun, Ended ended) {
    boolean isStopped =
        stepRun.state() instanceof StepState.Stopped(int attempt, _) && attempt == ended.attempt();
    return switch (ended.outcome()) {
      case Outcome.Failed(_, var exitCode, _) when isStopped -> stopped(ended, exitCode);
      case Outcome.Lost _ when isStopped -> stopped(ended, OptionalInt.empty());
      case Outcome.Succeeded _, Outcome.Failed _, Outcome.Stopped _, Outcome.Lost _ -> ended;
    };
  }

  private static Ended stopped(Ended ended, OptionalInt exitCode) {
    var outcome = new Outcome.Stopped(exitCode);
    return new Ended(ended.stepRun(), ended.attempt(), ended.at(), outcome, ended.usage());
  }

  void write(Session session, String run) throws SQLException {
    for (var each : attempts.entrySet()) {
      var attempt = each.getValue();
      var end = attempt.end;
      session.update(
          PUT,
          run,
          each.getKey().index(),
          each.getKey().number(),
          attempt.state,
          attempt.started,
          end == null ? null : Long.valueOf(end.at().toEpochMilli()),
          end == null ? null : exitCode(end.outcome()),
          attempt.reason,
          end == null ? null : value(end.usage().cpuSeconds()),
          end == null ? null : value(end.usage().peakMemoryBytes()));
    }
  }

  private static String state(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded _ -> "succeeded";
      case Outcome.Failed _ -> "failed";
      case Outcome.Stopped _ -> "stopped";
      case Outcome.Lost _ -> "lost";
    };
  }

  private static String reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed(_, _, String reason) -> reason;
      case Outcome.Lost(String reason) -> reason;
      case Outcome.Succeeded _, Outcome.Stopped _ -> "";
    };
  }

  private static @Nullable Object exitCode(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded(_, boolean cached) -> cached ? null : Integer.valueOf(0);
      case Outcome.Failed(_, OptionalInt exitCode, _) -> value(exitCode);
      case Outcome.Stopped(OptionalInt exitCode) -> value(exitCode);
      case Outcome.Lost _ -> null;
    };
  }

  private static @Nullable Object value(OptionalInt number) {
    return number.isPresent() ? Integer.valueOf(number.getAsInt()) : null;
  }

  private static @Nullable Object value(OptionalLong number) {
    return number.isPresent() ? Long.valueOf(number.getAsLong()) : null;
  }

  private static @Nullable Object value(OptionalDouble number) {
    return number.isPresent() ? Double.valueOf(number.getAsDouble()) : null;
  }
}
