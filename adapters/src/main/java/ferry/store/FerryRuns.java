package ferry.store;

import ferry.error.RequestError;
import ferry.run.RunId;
import ferry.tracking.Metric;
import ferry.tracking.RunFacts;
import ferry.tracking.TrackedId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tracks Ferry's own runs and step runs, as far as they have come, from the rows beside them. */
final class FerryRuns {
  private static final String FIND = "SELECT no, deleted FROM tracked_runs WHERE id = ?";
  private static final String RUN =
      "SELECT workflow, submitter, status, submitted, ended FROM runs WHERE id = ?";
  private static final String STEPS = "SELECT idx, name, state FROM step_runs WHERE run = ?";
  private static final String STEP = STEPS + " AND idx = ?";
  private static final String ATTEMPTS =
      "SELECT min(started), max(ended) FROM attempts WHERE run = ? AND idx = ?";
  private static final String USAGE =
      "SELECT number, ended, cpu_seconds, peak_memory FROM attempts WHERE run = ? AND idx = ?"
          + " AND ended IS NOT NULL AND cpu_seconds IS NOT NULL AND peak_memory IS NOT NULL";
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

  /** The run that a name of a run or a step run begins with. */
  static String runOf(TrackedId id) {
    int end = id.value().indexOf('_');
    return end < 0 ? id.value() : id.value().substring(0, end);
  }

  TrackedId trackNamed(TrackedId id) throws SQLException {
    track(id);
    return id;
  }

  /** Tracks what the name says, where it names a run of Ferry or a step run of one. */
  private void track(TrackedId id) throws SQLException {
    var name = runOf(id);
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

  /**
   * Brings a run and some of its step runs up to date; all that were attempted where none is named.
   */
  void refresh(RunId id, List<Integer> steps) throws SQLException {
    var run = session.first(RUN, FerryRuns::run, id.value());
    if (run.isEmpty()) {
      return;
    }
    track(id, run.get());
    for (int index : steps) {
      var step = session.first(STEP, FerryRuns::step, id.value(), index);
      if (step.isPresent() && !isUntried(step.get().state)) {
        track(id, run.get(), step.get());
      }
    }
  }

  private static boolean isUntried(String state) {
    return state.equals("waiting") || state.equals("skipped");
  }

  private void track(RunId id, Run run) throws SQLException {
    boolean isNew = find(session, TrackedId.of(id)).isEmpty();
    upsert(id, run);
    if (isNew) {
      long no = find(session, TrackedId.of(id)).orElseThrow().no;
      var body = session.first(SqlJournal.SELECT_PLAN, row -> row.text(1), id.value());
      if (body.isPresent()) {
        var facts = RunFacts.of(PlanCodec.read(body.get(), Map.of()));
        for (var param : facts.params().entrySet()) {
          session.update(SqlTrackingLog.INSERT_PARAM, no, param.getKey(), param.getValue());
        }
        for (var tag : facts.tags().entrySet()) {
          session.update(SqlTrackingLog.UPSERT_TAG, no, tag.getKey(), tag.getValue());
        }
      }
    }
  }

  private void upsert(RunId id, Run run) throws SQLException {
    session.update(
        UPSERT,
        next(session, "tracked_runs"),
        TrackedId.of(id).value(),
        SqlRunGroups.ensure(session, run.workflow, run.submitted),
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
        next(session, "tracked_runs"),
        TrackedId.of(id, step.name).value(),
        SqlRunGroups.ensure(session, run.workflow, run.submitted),
        step.name,
        run.user,
        step.state,
        times.started == null ? run.submitted : times.started,
        isOver ? times.ended : null,
        TrackedId.of(id).value(),
        id.value());
    if (isOver) {
      measure(id, step);
    }
  }

  /** What the system measured of a step's attempts that were long enough for it. */
  private void measure(RunId id, StepRow step) throws SQLException {
    var metrics = new ArrayList<Metric>();
    session.list(
        USAGE,
        row -> {
          var at = row.instant(2);
          metrics.add(new Metric("system/cpu_seconds", row.real(3), row.number(1), at));
          return metrics.add(
              new Metric("system/memory_peak_bytes", row.real(4), row.number(1), at));
        },
        id.value(),
        step.index);
    if (!metrics.isEmpty()) {
      long no = find(session, TrackedId.of(id, step.name)).orElseThrow().no;
      new MetricRows(session, no).write(metrics);
    }
  }

  static long next(Session session, String table) throws SQLException {
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
