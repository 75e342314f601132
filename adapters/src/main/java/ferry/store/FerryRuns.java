package ferry.store;

import ferry.error.RequestError;
import ferry.run.RunId;
import ferry.tracking.TrackedId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tracks Ferry's own runs and step runs, as far as they have come, from the rows beside them. */
final class FerryRuns {
  private static final String FIND = "SELECT no, deleted FROM tracked_runs WHERE id = ?";
  private static final String RUN =
      "SELECT workflow, submitter, status, submitted, ended FROM runs WHERE id = ?";
  private static final String STEPS = "SELECT idx, name, state FROM step_runs WHERE run = ?";
  private static final String ATTEMPTS =
      "SELECT min(started), max(ended) FROM attempts WHERE run = ? AND idx = ?";
  private static final String UPSERT =
      "INSERT INTO tracked_runs (no, id, grp, name, submitter, status, started, ended, deleted,"
          + " parent, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)"
          + " ON CONFLICT (id) DO UPDATE SET status = excluded.status, started = excluded.started,"
          + " ended = excluded.ended";

  private final Session session;

  private record Found(long no, boolean deleted) {}

  private record Run(
      String workflow, String user, String status, long submitted, @Nullable Long ended) {}

  private record Times(@Nullable Long started, @Nullable Long ended) {}

  private record StepRow(long index, String name, String state) {}

  FerryRuns(Session session) {
    this.session = session;
  }

  /**
   * The number of a tracked run that takes what is logged.
   *
   * @throws ferry.error.UserException where there is none, or it was deleted
   */
  static long active(Session session, TrackedId id) throws SQLException {
    var found = find(session, id);
    if (found.isEmpty()) {
      new FerryRuns(session).track(id);
      found = find(session, id);
    }
    var run = found.orElseThrow(() -> notFound(id));
    if (run.deleted) {
      throw new RequestError.BadRequest(
              "run `" + id + "` must be in the 'active' state, and is deleted",
              List.of("restore it first"))
          .thrown();
    }
    return run.no;
  }

  private static Optional<Found> find(Session session, TrackedId id) throws SQLException {
    return session.first(FIND, row -> new Found(row.number(1), row.number(2) != 0), id.value());
  }

  static RuntimeException notFound(TrackedId id) {
    return new RequestError.NotFound("run", id.value(), Optional.empty()).thrown();
  }

  /** Tracks what the name says, where it names a run of Ferry or a step run of one. */
  private void track(TrackedId id) throws SQLException {
    int end = id.value().indexOf('_');
    var name = end < 0 ? id.value() : id.value().substring(0, end);
    var run = session.first(RUN, FerryRuns::run, name);
    if (run.isEmpty()) {
      return;
    }
    var of = new RunId(name);
    track(of, run.get());
    for (var step : session.list(STEPS, FerryRuns::step, name)) {
      if (TrackedId.of(of, step.name).equals(id)) {
        track(of, run.get(), step);
      }
    }
  }

  private void track(RunId id, Run run) throws SQLException {
    session.update(
        UPSERT,
        next("tracked_runs"),
        TrackedId.of(id).value(),
        group(run.workflow, run.submitted),
        id.value(),
        run.user,
        run.status,
        run.submitted,
        run.ended,
        null,
        id.value());
  }

  private void track(RunId id, Run run, StepRow step) throws SQLException {
    var times = session.first(ATTEMPTS, FerryRuns::times, id.value(), step.index).orElseThrow();
    boolean isOver = !step.state.equals("running") && !step.state.equals("waiting");
    session.update(
        UPSERT,
        next("tracked_runs"),
        TrackedId.of(id, step.name).value(),
        group(run.workflow, run.submitted),
        step.name,
        run.user,
        step.state.equals("skipped") ? "stopped" : step.state,
        times.started == null ? run.submitted : times.started,
        isOver ? times.ended : null,
        TrackedId.of(id).value(),
        id.value());
  }

  /** The number of the group of that name, which is made where there is none. */
  private long group(String name, long at) throws SQLException {
    var known =
        session.first("SELECT no FROM run_groups WHERE name = ?", row -> row.number(1), name);
    if (known.isPresent()) {
      return known.get();
    }
    long no = next("run_groups");
    session.update(
        "INSERT INTO run_groups (no, name, artifacts, created, updated, deleted)"
            + " VALUES (?, ?, ?, ?, ?, 0)",
        no,
        name,
        "mlflow-artifacts:/" + no,
        at,
        at);
    return no;
  }

  long next(String table) throws SQLException {
    var sql = "SELECT coalesce(max(no), 0) + 1 FROM " + table;
    return session.first(sql, row -> row.number(1)).orElseThrow();
  }

  private static Run run(Row row) throws SQLException {
    return new Run(row.text(1), row.text(2), row.text(3), row.number(4), nullable(row, 5));
  }

  private static Times times(Row row) throws SQLException {
    return new Times(nullable(row, 1), nullable(row, 2));
  }

  private static StepRow step(Row row) throws SQLException {
    return new StepRow(row.number(1), row.text(2), row.text(3));
  }

  private static @Nullable Long nullable(Row row, int column) throws SQLException {
    var number = row.optionalNumber(column);
    return number.isPresent() ? number.getAsLong() : null;
  }
}
