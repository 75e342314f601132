package ferry.store;

import ferry.error.RequestError;
import ferry.run.RunId;
import ferry.tracking.RunSummary;
import ferry.tracking.RunTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Runs sorted and filtered. Each filter leaves the runs for which it holds; a sorted list goes on
 * after a run by what that run is sorted by, so that its last page costs what its first did.
 */
final class SqlRunTable implements RunTable {
  private static final String SUMMARY =
      "SELECT f.id, f.workflow, f.backend, f.status, f.submitted, f.ended, f.submitter,"
          + " f.command, f.steps, f.done,"
          + " (SELECT count(*) FROM tracked_runs st, run_tags sg WHERE st.id = f.id"
          + " AND sg.run = st.no AND sg.name = 'ferry.starred')";
  private static final String NO_ESCAPE = " ESCAPE '\u0001'";

  private final Database database;

  SqlRunTable(Database database) {
    this.database = database;
  }

  @Override
  public List<RunSummary> list(Query query) {
    return database.read(session -> {
      var sql = new RunSql().with(SUMMARY);
      from(sql, query);
      sql.with(" WHERE 1 = 1");
      filter(sql, query);
      if (query.after().isPresent()) {
        var run = query.after().get();
        after(sql, query, run, place(session, query, run));
      }
      var direction = query.falling() ? " DESC" : "";
      sql.with(" ORDER BY " + key(query) + direction + ", f.id" + direction);
      sql.with(" LIMIT ?", (long) query.limit());
      return session.once(sql.text(), SqlRunCatalog::summary, sql.values());
    });
  }

  private static void from(RunSql sql, Query query) {
    sql.with(" FROM runs f");
    if (query.by() instanceof By.Metric(var name)) {
      sql.with(
          " JOIN (SELECT t.run AS run, "
              + (query.falling() ? "max" : "min")
              + "(m.value) AS value FROM metric_series m JOIN tracked_runs t ON t.no = m.run"
              + " WHERE m.name = ? AND m.nan = 0 AND t.run IS NOT NULL AND t.deleted = 0"
              + " GROUP BY t.run) k ON k.run = f.id",
          name);
    }
  }

  private static String key(Query query) {
    return switch (query.by()) {
      case By.Submitted _ -> "f.submitted";
      case By.Lasted _ -> "coalesce(f.ended - f.submitted, -1)";
      case By.Workflow _ -> "f.workflow";
      case By.State _ -> "f.status";
      case By.User _ -> "f.submitter";
      case By.Metric _ -> "k.value";
    };
  }

  private static void filter(RunSql sql, Query query) {
    if (!query.statuses().isEmpty()) {
      var words = query.statuses().stream().map(status -> status.word()).sorted().toArray();
      sql.with(" AND f.status IN (" + "?, ".repeat(words.length - 1) + "?)", words);
    }
    query.workflow().ifPresent(name -> sql.with(" AND f.workflow = ?", name));
    query
        .text()
        .ifPresent(text -> {
          var like = " LIKE lower(?)" + NO_ESCAPE;
          sql.with(" AND (lower(f.id)" + like + " OR lower(f.command)" + like + ")", any(text));
        });
    if (query.starred()) {
      sql.with(
          " AND f.id IN (SELECT t.run FROM run_tags g JOIN tracked_runs t ON t.no = g.run"
              + " WHERE g.name = ? AND t.deleted = 0)",
          STAR);
    }
    for (var clause : query.where()) {
      var known = RunSql.runsWith(clause);
      sql.with(" AND f.id IN (SELECT r.run FROM tracked_runs r WHERE r.run IS NOT NULL AND ");
      if (known == null) {
        sql.condition(clause);
      } else {
        sql.with("r.no IN (").with(known).with(")");
      }
      sql.with(")");
    }
  }

  /** A text that stands anywhere; {@code %} and {@code _} in it stand for any letters. */
  private static Object[] any(String text) {
    var pattern = "%" + text + "%";
    return new Object[] {pattern, pattern};
  }

  private static void after(RunSql sql, Query query, RunId run, Object place) {
    var sign = query.falling() ? " < " : " > ";
    sql.with(" AND (" + key(query) + ", f.id)" + sign + "(?, ?)", place, run.value());
  }

  /** What a run is sorted by. */
  private static Object place(Session session, Query query, RunId run) throws SQLException {
    var sql = new RunSql().with("SELECT " + key(query));
    from(sql, query);
    sql.with(" WHERE f.id = ?", run.value());
    var found =
        session.once(
            sql.text(),
            row ->
                switch (query.by()) {
                  case By.Submitted _, By.Lasted _ -> (Object) row.number(1);
                  case By.Workflow _, By.State _, By.User _ -> (Object) row.text(1);
                  case By.Metric _ -> (Object) row.real(1);
                },
            sql.values());
    if (found.isEmpty()) {
      throw new RequestError.NotFound("run", run.value(), Optional.empty()).thrown();
    }
    return found.getFirst();
  }
}
