package ferry.store;

import ferry.engine.Journal.Entry;
import ferry.run.RunEvent.StepEvent;
import ferry.run.RunState;
import ferry.run.StepRun;
import java.sql.SQLException;

/** Step runs and their attempts as rows, brought up to what an entry of the journal says. */
final class StepRows {
  private static final String INSERT_STEP_RUN =
      "INSERT INTO step_runs (run, idx, name, step, state, reason, cached)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String PUT_STEP_RUN =
      INSERT_STEP_RUN
          + " ON CONFLICT (run, idx) DO UPDATE SET name = excluded.name,"
          + " state = excluded.state, reason = excluded.reason, cached = excluded.cached";

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
    var attempts = new AttemptRows();
    for (var event : entry.events()) {
      if (event instanceof StepEvent report) {
        after.stepRun(report.stepRun()).ifPresent(of -> attempts.take(of, report));
      }
    }
    attempts.write(session, run);
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
        stepRun.isCached());
  }
}
