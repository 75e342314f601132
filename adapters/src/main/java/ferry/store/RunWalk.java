package ferry.store;

import ferry.tracking.RunTable.By;
import ferry.tracking.RunTable.Query;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A part of a sorted table of runs: an index that is walked down until the page is full, and what
 * each run is sorted by. The walk of a metric or a parameter meets a run for each of its parts that
 * has one; only the best of them counts, which would be met first.
 *
 * @param source the table that is walked, as {@code k}; empty for the runs themselves, as {@code f}
 * @param where what is walked, each condition with an AND before it
 * @param keys what runs are sorted by, one after the other; the last tells any two of them apart
 */
record RunWalk(String source, RunSql where, List<Key> keys) {

  /** What a column holds. */
  enum Kind {
    NUMBER,
    REAL,
    TEXT
  }

  /** What is sorted by. */
  record Key(String sql, Kind kind) {
    Object read(Row row, int column) throws SQLException {
      return switch (kind) {
        case NUMBER -> row.number(column);
        case REAL -> row.real(column);
        case TEXT -> row.text(column);
      };
    }
  }

  private static final Key ID = new Key("f.id", Kind.TEXT);
  private static final Key VALUE = new Key("k.value", Kind.TEXT);

  /** As much of a text as its index has. */
  private static final Key BEGINNING = new Key("substr(k.value, 1, 100)", Kind.TEXT);

  RunWalk {
    keys = List.copyOf(keys);
  }

  /** The parts of a table, in their order. */
  static List<RunWalk> of(Query query, UnaryOperator<String> number) {
    return switch (query.by()) {
      case By.Submitted _ -> plain("f.submitted", Kind.NUMBER);
      case By.Lasted _ -> plain("coalesce(f.ended - f.submitted, -1)", Kind.NUMBER);
      case By.Workflow _ -> bySubmission("f.workflow");
      case By.State _ -> bySubmission("f.status");
      case By.User _ -> plain("f.submitter", Kind.TEXT);
      case By.Metric(var name) -> List.of(metric(name, query.falling()));
      case By.Parameter(var name) -> {
        var parts = List.of(numbers(name, query.falling(), number), words(name, query, number));
        yield query.falling() ? parts.reversed() : parts;
      }
    };
  }

  private static List<RunWalk> plain(String sql, Kind kind) {
    return List.of(new RunWalk("", new RunSql(), List.of(new Key(sql, kind), ID)));
  }

  /** Of those that are alike the newest or the oldest first, as an index has them. */
  private static List<RunWalk> bySubmission(String sql) {
    var keys = List.of(new Key(sql, Kind.TEXT), new Key("f.submitted", Kind.NUMBER), ID);
    return List.of(new RunWalk("", new RunSql(), keys));
  }

  private static RunWalk metric(String name, boolean falling) {
    var where =
        new RunSql()
            .with(" AND k.name = ? AND k.nan = 0", name)
            .with(best("metric_series", "o.nan = 0", falling, alias -> alias + ".value"));
    return new RunWalk("metric_series", where, List.of(new Key("k.value", Kind.REAL), ID));
  }

  private static RunWalk numbers(String name, boolean falling, UnaryOperator<String> number) {
    var own = number.apply("k.value");
    var where =
        new RunSql()
            .with(" AND k.name = ? AND " + own + " >= ?", name, Double.NEGATIVE_INFINITY)
            .with(best("run_params", "1 = 1", falling, alias -> ranks(alias, number)));
    return new RunWalk("run_params", where, List.of(new Key(own, Kind.REAL), VALUE, ID));
  }

  private static RunWalk words(String name, Query query, UnaryOperator<String> number) {
    var where =
        new RunSql()
            .with(" AND k.name = ? AND " + number.apply("k.value") + " IS NULL", name)
            .with(best("run_params", "1 = 1", query.falling(), alias -> ranks(alias, number)));
    return new RunWalk("run_params", where, List.of(BEGINNING, VALUE, ID));
  }

  /** Numbers by their size, then words by their letters. */
  private static String ranks(String alias, UnaryOperator<String> number) {
    var own = number.apply(alias + ".value");
    var isWord = "CASE WHEN (" + own + ") IS NULL THEN 1 ELSE 0 END";
    return isWord + ", coalesce(" + own + ", 0), " + alias + ".value";
  }

  /** That no other part of the run has a value further ahead. */
  private static String best(
      String table, String valid, boolean falling, UnaryOperator<String> ranks) {
    return " AND NOT EXISTS (SELECT 1 FROM tracked_runs ot CROSS JOIN "
        + table
        + " o WHERE ot.run = t.run AND ot.deleted = 0 AND o.run = ot.no AND o.name = k.name AND "
        + valid
        + " AND ("
        + ranks.apply("o")
        + ", o.run)"
        + (falling ? " > " : " < ")
        + "("
        + ranks.apply("k")
        + ", k.run))";
  }

  /** The keys of a run; none where it is not in this part. */
  Optional<List<Object>> place(Session session, String run) throws SQLException {
    var columns = String.join(", ", keys.stream().map(Key::sql).toList());
    var sql = new RunSql().with("SELECT " + columns);
    if (source.isEmpty()) {
      sql.with(" FROM runs f WHERE f.id = ?", run);
    } else {
      sql.with(" FROM runs f CROSS JOIN tracked_runs t CROSS JOIN " + source + " k");
      sql.with(" WHERE f.id = ? AND t.run = f.id AND t.deleted = 0 AND k.run = t.no", run);
      sql.with(where);
    }
    return session.once(sql.text(), this::place, sql.values()).stream().findFirst();
  }

  private List<Object> place(Row row) throws SQLException {
    var place = new Object[keys.size()];
    for (int i = 0; i < place.length; i++) {
      place[i] = keys.get(i).read(row, i + 1);
    }
    return List.of(place);
  }

  /** The ids of the runs of this part that come after a place, in their order. */
  List<String> ids(
      Session session, RunSql filter, boolean falling, Optional<List<Object>> after, int limit)
      throws SQLException {
    var sql = new RunSql().with("SELECT f.id");
    if (source.isEmpty()) {
      sql.with(" FROM runs f WHERE 1 = 1");
    } else {
      sql.with(" FROM " + source + " k CROSS JOIN tracked_runs t CROSS JOIN runs f");
      sql.with(" WHERE t.no = k.run AND t.deleted = 0 AND f.id = t.run").with(where);
    }
    sql.with(filter);
    if (after.isPresent()) {
      after(sql, falling ? " < " : " > ", after.get());
    }
    var direction = falling ? " DESC" : "";
    var order = keys.stream().map(key -> key.sql() + direction).toList();
    sql.with(" ORDER BY " + String.join(", ", order) + " LIMIT ?", (long) limit);
    return session.once(sql.text(), row -> row.text(1), sql.values());
  }

  /** The first key alone too, so that the walk begins there. */
  private void after(RunSql sql, String sign, List<Object> place) {
    var columns = keys.stream().map(Key::sql).toList();
    sql.with(" AND " + columns.getFirst() + sign.stripTrailing() + "= ?", place.getFirst());
    sql.with(" AND (" + String.join(", ", columns) + ")" + sign);
    sql.with("(" + "?, ".repeat(place.size() - 1) + "?)", place.toArray());
  }
}
