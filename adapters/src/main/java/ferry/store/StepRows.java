package ferry.store;

import ferry.engine.Journal.Entry;
import ferry.run.Outcome;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.Launching;
import ferry.run.RunEvent.Pending;
import ferry.run.RunEvent.RetryRequested;
import ferry.run.RunEvent.Started;
import ferry.run.RunEvent.StepEvent;
import ferry.run.RunEvent.StopRequested;
import ferry.run.RunEvent.Submitted;
import ferry.run.RunState;
import ferry.run.StepRun;
import ferry.run.StepState;
import java.sql.SQLException;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Step runs and their attempts as rows, brought up to what an entry of the journal says. */
final class StepRows {
  private static final String INSERT_STEP_RUN =
      "INSERT INTO step_runs (run, idx, name, step, state, reason, cached)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String PUT_STEP_RUN =
      INSERT_STEP_RUN
          + " ON CONFLICT (run, idx) DO UPDATE SET name = excluded.name,"
          + " state = excluded.state, reason = excluded.reason, cached = excluded.cached";
  private static final String PUT_ATTEMPT =
      "INSERT INTO attempts (run, idx, number, state, reason) VALUES (?, ?, ?, 'starting', ?)"
          + " ON CONFLICT (run, idx, number) DO UPDATE SET reason = excluded.reason"
          + " WHERE attempts.state = 'starting'";
  private static final String START_ATTEMPT =
      "INSERT INTO attempts (run, idx, number, state, started, reason)"
          + " VALUES (?, ?, ?, 'running', ?, '')"
          + " ON CONFLICT (run, idx, number) DO UPDATE SET state = excluded.state,"
          + " started = excluded.started, reason = '' WHERE attempts.state = 'starting'";
  private static final String END_ATTEMPT =
      "INSERT INTO attempts"
          + " (run, idx, number, state, ended, exit_code, reason, cpu_seconds, peak_memory)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (run, idx, number) DO UPDATE SET state = excluded.state,"
          + " ended = excluded.ended, exit_code = excluded.exit_code, reason = excluded.reason,"
          + " cpu_seconds = excluded.cpu_seconds, peak_memory = excluded.peak_memory"
          + " WHERE attempts.ended IS NULL";

  private final Session session;
  private final Entry entry;
  private final String run;

  StepRows(Session session, Entry entry) {
    this.session = session;
    this.entry = entry;
    this.run = entry.plan().id().value();
  }

  void write() throws SQLException {
    var after = entry.after();
    if (entry.isNew()) {
      for (int i = 0; i < after.size(); i++) {
        write(INSERT_STEP_RUN, after, after.stepRun(i));
      }
    } else {
      for (var stepRun : entry.changed()) {
        write(PUT_STEP_RUN, after, stepRun);
      }
    }
    for (var event : entry.events()) {
      switch (event) {
        case Submitted _, StopRequested _, RetryRequested _ -> {}
        case StepEvent report -> {
          var stepRun = after.stepRun(report.stepRun());
          if (stepRun.isPresent()) {
            write(stepRun.get().index(), report);
          }
        }
      }
    }
  }

  private void write(String sql, RunState after, StepRun stepRun) throws SQLException {
    var state = stepRun.state();
    session.update(
        sql,
        run,
        stepRun.index(),
        stepRun.name(),
        after.dag().step(stepRun.step()).name(),
        state.word(),
        state.reason(),
        state instanceof StepState.Succeeded(_, _, boolean cached) && cached);
  }

  private void write(int index, StepEvent report) throws SQLException {
    switch (report) {
      case Launching(_, int attempt, _, _) -> session.update(PUT_ATTEMPT, run, index, attempt, "");
      case Pending(_, int attempt, _, String reason) ->
          session.update(PUT_ATTEMPT, run, index, attempt, reason);
      case Started(_, int attempt, var at) ->
          session.update(START_ATTEMPT, run, index, attempt, at.toEpochMilli());
      case Ended ended -> end(index, ended);
    }
  }

  private void end(int index, Ended ended) throws SQLException {
    session.update(
        END_ATTEMPT,
        run,
        index,
        ended.attempt(),
        state(ended.outcome()),
        ended.at().toEpochMilli(),
        exitCode(ended.outcome()),
        reason(ended.outcome()),
        value(ended.usage().cpuSeconds()),
        value(ended.usage().peakMemoryBytes()));
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
