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
  private static final String OF_RUNS =
      " AND t.run IS NOT NULL AND t.deleted = 0 GROUP BY t.run) k ON k.run = f.id";
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
        after(sql, query, place(session, query, run));
      }
      var direction = query.falling() ? " DESC" : "";
      sql.with(" ORDER BY " + String.join(direction + ", ", keys(query)) + direction);
      sql.with(" LIMIT ?", (long) query.limit());
      return session.once(sql.text(), SqlRunCatalog::summary, sql.values());
    });
  }

  private void from(RunSql sql, Query query) {
    sql.with(" FROM runs f");
    var best = query.falling() ? "max(" : "min(";
    if (query.by() instanceof By.Metric(var name)) {
      sql.with(" JOIN (SELECT t.run AS run, " + best + "m.value) AS value");
      sql.with(" FROM metric_series m JOIN tracked_runs t ON t.no = m.run");
      sql.with(" WHERE m.name = ? AND m.nan = 0" + OF_RUNS, name);
    }
    if (query.by() instanceof By.Parameter(var name)) {
      var number = database.number("p.value");
      sql.with(" JOIN (SELECT t.run AS run, " + best + number + ") AS number");
      sql.with(", " + best + "p.value) AS text");
      sql.with(" FROM run_params p JOIN tracked_runs t ON t.no = p.run WHERE p.name = ?", name);
      sql.with(OF_RUNS);
    }
  }

  /** What it is sorted by, one after the other; the last tells any two runs apart. */
  private static List<String> keys(Query query) {
    return switch (query.by()) {
      case By.Submitted _ -> List.of("f.submitted", "f.id");
      case By.Lasted _ -> List.of("coalesce(f.ended - f.submitted, -1)", "f.id");
      case By.Workflow _ -> List.of("f.workflow", "f.id");
      case By.State _ -> List.of("f.status", "f.id");
      case By.User _ -> List.of("f.submitter", "f.id");
      case By.Metric _ -> List.of("k.value", "f.id");
      case By.Parameter _ ->
          List.of(
              "CASE WHEN k.number IS NULL THEN 1 ELSE 0 END",
              "coalesce(k.number, 0)",
              "k.text",
              "f.id");
    };
  }

  private static void filter(RunSql sql, Query query) {
    if (!query.trials()) {
      sql.with(" AND f.experiment IS NULL");
    }
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

  private static void after(RunSql sql, Query query, List<Object> place) {
    var sign = query.falling() ? " < " : " > ";
    sql.with(" AND (" + String.join(", ", keys(query)) + ")" + sign);
    sql.with("(" + "?, ".repeat(place.size() - 1) + "?)", place.toArray());
  }

  /** What a run is sorted by. */
  private List<Object> place(Session session, Query query, RunId run) throws SQLException {
    var sql = new RunSql().with("SELECT " + String.join(", ", keys(query)));
    from(sql, query);
    sql.with(" WHERE f.id = ?", run.value());
    var found =
        session.once(
            sql.text(),
            row ->
                switch (query.by()) {
                  case By.Submitted _, By.Lasted _ -> List.<Object>of(row.number(1), row.text(2));
                  case By.Workflow _, By.State _, By.User _ ->
                      List.<Object>of(row.text(1), row.text(2));
                  case By.Metric _ -> List.<Object>of(row.real(1), row.text(2));
                  case By.Parameter _ ->
                      List.<Object>of(row.number(1), row.real(2), row.text(3), row.text(4));
                },
            sql.values());
    if (found.isEmpty()) {
      throw new RequestError.NotFound("run", run.value(), Optional.empty()).thrown();
    }
    return found.getFirst();
  }
}
