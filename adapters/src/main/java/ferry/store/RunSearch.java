package ferry.store;

import ferry.query.Clause;
import ferry.query.Field;
import ferry.query.Operator;
import ferry.query.Order;
import ferry.tracking.TrackedRuns.Search;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the numbers of the runs of one page. A list that is ordered by a metric walks down the
 * index of its values, so that the first page of 100,000 runs costs a page; where a clause leaves
 * few runs, these are taken first and sorted.
 */
final class RunSearch {
  private static final int FEW = 2000;

  private final Session session;
  private final Search search;

  RunSearch(Session session, Search search) {
    this.session = session;
    this.search = search;
  }

  /** The runs of the page, in their order. */
  List<Long> page() throws SQLException {
    if (search.groups().stream().noneMatch(id -> SqlRunGroups.number(id).isPresent())) {
      return List.of();
    }
    var orders = search.orders();
    var few = narrowest();
    if (few == null && !orders.isEmpty() && orders.getFirst().field().kind() == Field.Kind.METRIC) {
      return byMetric(orders.getFirst());
    }
    var sql = new RunSql().with("SELECT r.no FROM tracked_runs r");
    for (int i = 0; i < orders.size(); i++) {
      sql.join(orders.get(i), i);
    }
    sql.with(" WHERE ");
    scope(sql, few != null);
    if (few != null) {
      sql.with(" AND r.no IN (").with(few).with(")");
    }
    return finish(sql, orders, 0, search.offset(), search.limit());
  }

  private List<Long> byMetric(Order first) throws SQLException {
    var all = new ArrayList<Long>();
    long offset = search.offset();
    for (int part = 0; part < 3 && all.size() < search.limit(); part++) {
      int room = search.limit() - all.size();
      var found = finish(part(first, part, "r.no"), search.orders(), part, offset, room);
      all.addAll(found);
      if (!found.isEmpty()) {
        offset = 0;
      } else if (offset > 0) {
        offset -= count(part(first, part, "count(*)"));
      }
    }
    return all;
  }

  /** Runs with a number for the metric, then those where it is none, then those without. */
  private RunSql part(Order first, int part, String what) {
    var orders = search.orders();
    var sql = new RunSql().with("SELECT " + what + " FROM ");
    var key = first.field().key();
    sql.with(part < 2 ? "metric_series o0 CROSS JOIN tracked_runs r" : "tracked_runs r");
    for (int i = 1; i < orders.size(); i++) {
      sql.join(orders.get(i), i);
    }
    if (part < 2) {
      sql.with(" WHERE o0.name = ?", key).with(" AND o0.nan = " + part + " AND r.no = o0.run AND ");
      bounds(sql, first.field(), part);
    } else {
      sql.with(
          " WHERE NOT EXISTS (SELECT 1 FROM metric_series o0 WHERE o0.run = r.no AND o0.name = ?)",
          key);
      sql.with(" AND ");
    }
    scope(sql, part < 2);
    return sql;
  }

  /** What is asked of the metric itself bounds the walk down its index. */
  private void bounds(RunSql sql, Field field, int part) {
    for (var clause : search.clauses()) {
      if (part == 0 && clause.field().equals(field) && clause.operator() != Operator.NOT_EQUAL) {
        sql.with("o0.value " + clause.operator().word() + " ? AND ", clause.number());
      }
    }
  }

  private void scope(RunSql sql, boolean driven) {
    var numbers =
        search.groups().stream()
            .map(SqlRunGroups::number)
            .filter(number -> number.isPresent())
            .map(number -> Long.toString(number.getAsLong()))
            .toList();
    sql.with((driven ? "+" : "") + "r.grp IN (" + String.join(", ", numbers) + ")");
    switch (search.view()) {
      case ACTIVE -> sql.with(" AND " + (driven ? "+" : "") + "r.deleted = 0");
      case DELETED -> sql.with(" AND r.deleted <> 0");
      case ALL -> sql.with("");
    }
    for (var clause : search.clauses()) {
      sql.with(" AND ").condition(clause);
    }
  }

  private List<Long> finish(RunSql sql, List<Order> orders, int part, long offset, int limit)
      throws SQLException {
    sql.with(" ORDER BY ");
    boolean byStart = false;
    for (int i = 0; i < orders.size(); i++) {
      var field = orders.get(i).field();
      byStart |= field.equals(Field.attribute("start_time"));
      if (i == 0 && field.kind() == Field.Kind.METRIC && part > 0) {
        continue;
      }
      sql.order(orders.get(i), i, sql.isWalk() && i == 0);
    }
    sql.with(byStart ? "r.id" : "r.started DESC, r.id");
    sql.with(" LIMIT ?", (long) limit).with(" OFFSET ?", Math.max(0, offset));
    return session.once(sql.text(), row -> row.number(1), sql.values());
  }

  private long count(RunSql sql) throws SQLException {
    return session.once(sql.text(), row -> row.number(1), sql.values()).getFirst();
  }

  /** Of the clauses that an index answers the one with the fewest runs, if these are few. */
  private @Nullable RunSql narrowest() throws SQLException {
    @Nullable RunSql narrowest = null;
    long least = FEW;
    for (Clause clause : search.clauses()) {
      var runs = RunSql.runsWith(clause);
      if (runs != null) {
        long count = RunSql.count(session, runs, FEW);
        if (count < least) {
          least = count;
          narrowest = runs;
        }
      }
    }
    return narrowest;
  }
}
