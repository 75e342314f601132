package ferry.store;

import ferry.error.RequestError;
import ferry.query.Clause;
import ferry.run.RunId;
import ferry.tracking.RunSummary;
import ferry.tracking.RunTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs sorted and filtered. Each filter leaves the runs for which it holds; a sorted list goes on
 * after a run by what that run is sorted by, so that its last page costs what its first did.
 */
final class SqlRunTable implements RunTable {
  private static final String NO_ESCAPE = " ESCAPE '\u0001'";

  /** So few runs for which a clause holds are looked for first; of more, each run is asked. */
  private static final int FEW = 2000;

  private final Database database;
  private final MetricInbox inbox;

  SqlRunTable(Database database, MetricInbox inbox) {
    this.database = database;
    this.inbox = inbox;
  }

  @Override
  public List<RunSummary> list(Query query) {
    inbox.settle();
    return database.read(session -> SqlRunCatalog.summaries(session, page(session, query)));
  }

  /** The page goes on in the part of the run that it comes after, and ends in any later one. */
  private List<String> page(Session session, Query query) throws SQLException {
    var filter = filter(session, query);
    var page = new ArrayList<String>();
    boolean isBegun = query.after().isEmpty();
    for (var walk : RunWalk.of(query, database::number)) {
      Optional<List<Object>> place = Optional.empty();
      if (!isBegun) {
        place = walk.place(session, query.after().get().value());
        isBegun = place.isPresent();
      }
      if (isBegun && page.size() < query.limit()) {
        int room = query.limit() - page.size();
        page.addAll(walk.ids(session, filter, query.falling(), place, room));
      }
    }
    if (!isBegun) {
      throw notFound(query.after().get());
    }
    return page;
  }

  private static RuntimeException notFound(RunId run) {
    return new RequestError.NotFound("run", run.value(), Optional.empty()).thrown();
  }

  private static RunSql filter(Session session, Query query) throws SQLException {
    var sql = new RunSql();
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
      holds(session, sql, clause);
    }
    return sql;
  }

  private static void holds(Session session, RunSql sql, Clause clause) throws SQLException {
    var known = RunSql.runsWith(clause);
    if (known != null && RunSql.isFew(session, known, FEW)) {
      sql.with(
          " AND f.id IN (SELECT r.run FROM tracked_runs r WHERE r.run IS NOT NULL AND r.no IN (");
      sql.with(known).with("))");
    } else {
      sql.with(" AND EXISTS (SELECT 1 FROM tracked_runs r WHERE r.run = f.id AND ");
      sql.condition(clause);
      sql.with(")");
    }
  }

  /** A text that stands anywhere; {@code %} and {@code _} in it stand for any letters. */
  private static Object[] any(String text) {
    var pattern = "%" + text + "%";
    return new Object[] {pattern, pattern};
  }
}
