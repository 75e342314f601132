package ferry.store;

import ferry.backend.Plan;
import ferry.error.RequestError;
import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.run.RunStatus;
import ferry.tracking.AttemptRecord;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunRecord;
import ferry.tracking.RunSummary;
import ferry.tracking.StepRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Runs as lists and views show them. Every list walks an index, so its length is all it costs. */
final class SqlRunCatalog implements RunCatalog {
  private static final String SUMMARY =
      "SELECT id, workflow, backend, status, submitted, ended, submitter, command, steps, done,"
          + " (SELECT count(*) FROM tracked_runs t, run_tags g WHERE t.id = runs.id AND g.run ="
          + " t.no AND g.name = 'ferry.starred') FROM runs";
  private static final String STEPS =
      "SELECT idx, name, step, state, reason, cached FROM step_runs WHERE run = ?";
  private static final String ATTEMPTS =
      "SELECT idx, number, state, started, ended, exit_code, reason, cpu_seconds, peak_memory"
          + " FROM attempts WHERE run = ?";
  private static final String GOING_STEPS =
      "SELECT state, count(*) FROM step_runs WHERE run IN (SELECT id FROM runs WHERE status IN"
          + " ('waiting', 'running')) GROUP BY state";
  private static final List<String> TABLES =
      List.of("run_events", "attempts", "step_runs", "results", "plans");
  private static final Comparator<RunSummary> NEWEST_FIRST =
      Comparator.comparing(RunSummary::submitted).thenComparing(RunSummary::id).reversed();

  /** To read a few rows too many costs less than another statement. */
  private static final int WIDEST_GAP = 4;

  private final Database database;
  private final Environments environments;

  SqlRunCatalog(Database database, Environments environments) {
    this.database = database;
    this.environments = environments;
  }

  @Override
  public List<RunSummary> list(Query query) {
    return database.read(session -> {
      var cursor =
          query.after().isEmpty()
              ? Optional.<RunSummary>empty()
              : Optional.of(summary(session, query.after().get()));
      if (query.statuses().isEmpty()) {
        return list(session, query, Optional.empty(), cursor);
      }
      var all = new ArrayList<RunSummary>();
      for (var status : query.statuses()) {
        all.addAll(list(session, query, Optional.of(status), cursor));
      }
      return all.stream().sorted(NEWEST_FIRST).limit(query.limit()).toList();
    });
  }

  /** Those of one status or of every one: a walk down one index. */
  private static List<RunSummary> list(
      Session session, Query query, Optional<RunStatus> status, Optional<RunSummary> cursor)
      throws SQLException {
    var conditions = new ArrayList<String>();
    var values = new ArrayList<Object>();
    if (query.workflow().isPresent()) {
      conditions.add("workflow = ?");
      values.add(query.workflow().get());
    }
    if (status.isPresent()) {
      conditions.add("status = ?");
      values.add(status.get().word());
    }
    if (!query.trials()) {
      conditions.add("experiment IS NULL");
    }
    if (cursor.isPresent()) {
      conditions.add("(submitted, id) < (?, ?)");
      values.add(cursor.get().submitted().toEpochMilli());
      values.add(cursor.get().id().value());
    }
    values.add(query.limit());
    var where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return session.list(
        SUMMARY + where + " ORDER BY submitted DESC, id DESC LIMIT ?",
        SqlRunCatalog::summary,
        values.toArray());
  }

  private static RunSummary summary(Session session, RunId run) throws SQLException {
    return session
        .first(SUMMARY + " WHERE id = ?", SqlRunCatalog::summary, run.value())
        .orElseThrow(() -> notFound(run));
  }

  private static RuntimeException notFound(RunId run) {
    return new RequestError.NotFound("run", run.value(), Optional.empty()).thrown();
  }

  /** These runs, in this order. */
  static List<RunSummary> summaries(Session session, List<String> ids) throws SQLException {
    var found = new HashMap<String, RunSummary>();
    if (!ids.isEmpty()) {
      var marks = "?, ".repeat(ids.size() - 1) + "?";
      var sql = SUMMARY + " WHERE id IN (" + marks + ")";
      session.once(
          sql, row -> found.put(row.text(1), summary(row)), ids.toArray(new @Nullable Object[0]));
    }
    return ids.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  static RunSummary summary(Row row) throws SQLException {
    return new RunSummary(
        new RunId(row.text(1)),
        row.text(2),
        row.text(3),
        Words.read(RunStatus.class, row.text(4)),
        row.instant(5),
        row.optionalInstant(6),
        row.text(7),
        row.text(8),
        row.count(9),
        row.count(10),
        row.flag(11));
  }

  @Override
  public Optional<RunSummary> summary(RunId run) {
    return database.read(
        session -> session.first(SUMMARY + " WHERE id = ?", SqlRunCatalog::summary, run.value()));
  }

  @Override
  public Optional<RunRecord> find(RunId run) {
    return database.read(session -> {
      var summary = session.first(SUMMARY + " WHERE id = ?", SqlRunCatalog::summary, run.value());
      if (summary.isEmpty()) {
        return Optional.empty();
      }
      var plan = plan(session, run);
      var attempts = new HashMap<Integer, List<AttemptRecord>>();
      session.list(ATTEMPTS + " ORDER BY idx, number", row -> collect(row, attempts), run.value());
      var steps = session.list(STEPS + " ORDER BY idx", row -> step(row, attempts), run.value());
      return Optional.of(new RunRecord(summary.get(), plan, stopReason(session, run), steps));
    });
  }

  private static String stopReason(Session session, RunId run) throws SQLException {
    return session
        .first(
            "SELECT body FROM run_events WHERE run = ? AND kind = 'stop-requested' ORDER BY seq",
            row -> Json.read(row.text(1)).text("reason"),
            run.value())
        .orElse("");
  }

  /** Without an environment where its file is gone: what is known is shown all the same. */
  private Plan plan(Session session, RunId run) throws SQLException {
    var body = session.first(SqlJournal.SELECT_PLAN, row -> row.text(1), run.value());
    return PlanCodec.read(
        body.orElseThrow(() -> Tree.unreadable("its plan is missing")),
        environments.read(run.value()).orElse(Map.of()));
  }

  @Override
  public List<StepRecord> steps(RunId run, Collection<Integer> indexes) {
    return database.read(session -> {
      var sorted = new TreeSet<>(indexes);
      var steps = new ArrayList<StepRecord>();
      while (!sorted.isEmpty()) {
        int from = sorted.first();
        int to = endOfStretch(sorted);
        for (var step : steps(session, run, from, to)) {
          if (sorted.contains(step.index())) {
            steps.add(step);
          }
        }
        sorted.headSet(to, true).clear();
      }
      return steps;
    });
  }

  /** The last of those that lie close enough to the first to be read at once. */
  private static int endOfStretch(TreeSet<Integer> sorted) {
    int last = sorted.first();
    for (int index : sorted) {
      if (index > last + WIDEST_GAP) {
        return last;
      }
      last = index;
    }
    return last;
  }

  private static List<StepRecord> steps(Session session, RunId run, int from, int to)
      throws SQLException {
    var between = " AND idx >= ? AND idx <= ? ORDER BY idx";
    var attempts = new HashMap<Integer, List<AttemptRecord>>();
    session.list(
        ATTEMPTS + between + ", number", row -> collect(row, attempts), run.value(), from, to);
    return session.list(STEPS + between, row -> step(row, attempts), run.value(), from, to);
  }

  private static boolean collect(Row row, Map<Integer, List<AttemptRecord>> attempts)
      throws SQLException {
    var attempt =
        new AttemptRecord(
            row.count(2),
            row.text(3),
            row.optionalInstant(4),
            row.optionalInstant(5),
            row.optionalCount(6),
            row.text(7),
            row.optionalReal(8),
            row.optionalNumber(9));
    return attempts.computeIfAbsent(row.count(1), _ -> new ArrayList<>()).add(attempt);
  }

  private static StepRecord step(Row row, Map<Integer, List<AttemptRecord>> attempts)
      throws SQLException {
    int index = row.count(1);
    return new StepRecord(
        index,
        row.text(2),
        row.text(3),
        row.text(4),
        row.text(5),
        row.flag(6),
        attempts.getOrDefault(index, List.of()));
  }

  @Override
  public boolean goesOn(AttemptId attempt) {
    var ended =
        "SELECT 1 FROM step_runs s, attempts a WHERE s.run = ? AND s.name = ? AND a.run = s.run"
            + " AND a.idx = s.idx AND a.number = ? AND a.ended IS NOT NULL";
    var run = attempt.run().value();
    return database.read(session ->
        session.first("SELECT 1 FROM runs WHERE id = ?", row -> true, run).isPresent()
            && session
                .first(ended, row -> true, run, attempt.stepRun(), attempt.number())
                .isEmpty());
  }

  @Override
  public Counts counts() {
    return database.read(session -> {
      var runs = new EnumMap<RunStatus, Long>(RunStatus.class);
      session.list(
          "SELECT status, count(*) FROM runs GROUP BY status",
          row -> runs.put(Words.read(RunStatus.class, row.text(1)), row.number(2)));
      var steps = new HashMap<String, Long>();
      session.list(GOING_STEPS, row -> steps.put(row.text(1), row.number(2)));
      return new Counts(runs, steps.getOrDefault("waiting", 0L), steps.getOrDefault("running", 0L));
    });
  }

  @Override
  public Optional<RunId> latest() {
    return database.read(session ->
        session.first(
            "SELECT id FROM runs ORDER BY submitted DESC, id DESC LIMIT 1",
            row -> new RunId(row.text(1))));
  }

  /** Ids are of characters before {@code ~} in ASCII. */
  @Override
  public List<RunId> startingWith(String prefix) {
    return database.read(session ->
        session.list(
            "SELECT id FROM runs WHERE id >= ? AND id < ? ORDER BY id LIMIT 10",
            row -> new RunId(row.text(1)),
            prefix,
            prefix + "~"));
  }

  @Override
  public void delete(RunId run) {
    database.writeAnyway(session -> {
      if (!summary(session, run).status().isEnded()) {
        throw new RequestError.Conflict(
                "run `" + run + "` has not ended",
                List.of("stop it first: `ferry stop " + run + "`"))
            .thrown();
      }
      for (var table : TABLES) {
        session.update("DELETE FROM " + table + " WHERE run = ?", run.value());
      }
      SqlTrackedRuns.forget(session, run);
      return session.update("DELETE FROM runs WHERE id = ?", run.value());
    });
  }
}
