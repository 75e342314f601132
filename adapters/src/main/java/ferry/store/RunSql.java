package ferry.store;

import ferry.query.Clause;
import ferry.query.Field;
import ferry.query.Field.Kind;
import ferry.query.Operand;
import ferry.query.Operator;
import ferry.query.Order;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query over tracked runs that is being put together: text, and values for its marks. */
final class RunSql {
  /** PostgreSQL would take a backslash for more than itself; nobody writes this character. */
  private static final String NO_ESCAPE = " ESCAPE '\u0001'";

  private final StringBuilder text = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  RunSql with(String sql, Object... more) {
    text.append(sql);
    values.addAll(List.of(more));
    return this;
  }

  RunSql with(RunSql other) {
    text.append(other.text);
    values.addAll(other.values);
    return this;
  }

  String text() {
    return text.toString();
  }

  Object[] values() {
    return values.toArray();
  }

  /** Whether it walks down the values of a metric. */
  boolean isWalk() {
    return text.indexOf("metric_series o0 CROSS JOIN") >= 0;
  }

  /** Joins what an order needs beyond the run's own row. */
  void join(Order order, int place) {
    var name = "o" + place;
    var kind = order.field().kind();
    if (kind != Kind.ATTRIBUTE) {
      with(
          " LEFT JOIN "
              + table(kind)
              + " "
              + name
              + " ON "
              + name
              + ".run = r.no AND "
              + name
              + ".name = ?",
          order.field().key());
    }
  }

  /** The order's terms, each with a comma behind it. */
  void order(Order order, int place, boolean isWalk) {
    var direction = order.ascending() ? "" : " DESC";
    var field = order.field();
    var column = field.kind() == Kind.ATTRIBUTE ? attribute(field.key()) : "o" + place + ".value";
    if (isWalk) {
      with(column + direction + ", ");
    } else if (field.kind() == Kind.METRIC) {
      with("coalesce(o" + place + ".nan, 2), " + column + direction + ", ");
    } else {
      with("CASE WHEN " + column + " IS NULL THEN 1 ELSE 0 END, " + column + direction + ", ");
    }
  }

  void condition(Clause clause) {
    var field = clause.field();
    switch (field.kind()) {
      case ATTRIBUTE -> compare(attribute(field.key()), clause);
      case METRIC, PARAM, TAG -> {
        boolean isMissing = clause.operator() == Operator.IS_NULL;
        with((isMissing ? "NOT " : "") + "EXISTS (SELECT 1 FROM " + table(field.kind()) + " x");
        with(" WHERE x.run = r.no AND x.name = ?", field.key());
        comparison(clause);
        with(")");
      }
      case DATASET -> {
        with("EXISTS (SELECT 1 FROM run_datasets d WHERE d.run = r.no AND ");
        compare("d." + field.key(), clause);
        with(")");
      }
    }
  }

  private void comparison(Clause clause) {
    if (clause.operator() == Operator.IS_NULL || clause.operator() == Operator.IS_NOT_NULL) {
      return;
    }
    with(" AND ");
    if (clause.field().kind() == Kind.METRIC) {
      boolean isUnequal = clause.operator() == Operator.NOT_EQUAL;
      with(isUnequal ? "(x.nan = 1 OR " : "(x.nan = 0 AND ");
      with("x.value " + clause.operator().word() + " ?)", clause.number());
    } else {
      compare("x.value", clause);
    }
  }

  private void compare(String column, Clause clause) {
    var word = clause.operator().word();
    switch (clause.operand()) {
      case Operand.Real(var number) -> with(column + " " + word + " ?", number);
      case Operand.Texts(var texts) -> {
        with(column + " " + word + " (" + "?, ".repeat(texts.size() - 1) + "?)");
        values.addAll(texts);
      }
      case Operand.Text(var wanted) -> {
        if (clause.operator() == Operator.ILIKE) {
          with("lower(" + column + ") LIKE lower(?)" + NO_ESCAPE, wanted);
        } else if (clause.operator() == Operator.LIKE) {
          with(column + " LIKE ?" + NO_ESCAPE, wanted);
        } else {
          with(column + " " + word + " ?", wanted);
        }
      }
      case Operand.None _ -> with(column + " " + word);
    }
  }

  /** Whether a query gives fewer rows than so many. */
  static boolean isFew(Session session, RunSql query, int few) throws SQLException {
    return few > count(session, query, few);
  }

  /** How many rows a query gives; at most so many. */
  static long count(Session session, RunSql query, int most) throws SQLException {
    var sql =
        new RunSql().with("SELECT count(*) FROM (").with(query).with(" LIMIT " + most + ") x");
    return session.once(sql.text(), row -> row.number(1), sql.values()).getFirst();
  }

  /** The runs for which a clause holds, where an index tells. */
  static @Nullable RunSql runsWith(Clause clause) {
    var field = clause.field();
    var operator = clause.operator();
    if (field.kind() == Kind.METRIC && operator != Operator.NOT_EQUAL) {
      return new RunSql()
          .with("SELECT m.run FROM metric_series m WHERE m.name = ? AND m.nan = 0", field.key())
          .with(" AND m.value " + operator.word() + " ?", clause.number());
    }
    if ((field.kind() == Kind.PARAM || field.kind() == Kind.TAG) && operator == Operator.EQUAL) {
      return new RunSql()
          .with("SELECT m.run FROM " + table(field.kind()) + " m WHERE m.name = ?", field.key())
          .with(" AND substr(m.value, 1, 100) = substr(?, 1, 100)", clause.text());
    }
    return null;
  }

  private static String table(Kind kind) {
    return switch (kind) {
      case METRIC -> "metric_series";
      case PARAM -> "run_params";
      case TAG -> "run_tags";
      case DATASET -> "run_datasets";
      case ATTRIBUTE -> "tracked_runs";
    };
  }

  private static String attribute(String key) {
    return switch (key) {
      case "run_id" -> "r.id";
      case "run_name" -> "r.name";
      case "user_id" -> "r.submitter";
      case "status" -> "r.status";
      case "start_time" -> "r.started";
      case "end_time" -> "r.ended";
      case "parent" -> "r.parent";
      case "artifact_uri" ->
          "((SELECT g.artifacts FROM run_groups g WHERE g.no = r.grp) || '/' || r.id"
              + " || '/artifacts')";
      case "lifecycle_stage" -> "CASE WHEN r.deleted = 0 THEN 'active' ELSE 'deleted' END";
      default -> throw new IllegalArgumentException("runs have no " + Field.attribute(key));
    };
  }
}
