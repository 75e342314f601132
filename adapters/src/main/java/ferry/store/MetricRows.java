package ferry.store;

import ferry.tracking.Metric;
import ferry.tracking.MetricSeries;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the points of a run. A few points wait in the row of their series; with more they become a
 * piece of their own; when many small pieces have come together, they are packed into few large
 * ones, so that neither single points nor millions of them cost much.
 */
final class MetricRows {
  /** A piece of so many points is not packed again. */
  private static final int LARGE = 2048;

  private static final int MOST_LOOSE = 64;
  private static final int MOST_PACKED = 4096;

  /** As many points wait in the row of their series, before they become a piece. */
  private static final int MOST_WAITING = 32;

  /** So many series are read at once. */
  private static final int AT_ONCE = 32;

  private static final String SELECT =
      "SELECT " + SeriesRow.COLUMNS + ", name FROM metric_series WHERE run = ? AND name ";
  private static final String SELECT_MANY = SELECT + "IN (" + "?, ".repeat(AT_ONCE - 1) + "?)";
  private static final String NEXT = "SELECT coalesce(max(no), 0) + 1 FROM metric_series";
  private static final String UPSERT =
      "INSERT INTO metric_series (no, run, name, value, nan, step, at, last_at, last_step, points,"
          + " next_piece, loose, tail) VALUES ";
  private static final String ON_CONFLICT =
      " ON CONFLICT (no) DO UPDATE SET value = excluded.value, nan = excluded.nan,"
          + " step = excluded.step, at = excluded.at, last_at = excluded.last_at,"
          + " last_step = excluded.last_step, points = excluded.points,"
          + " next_piece = excluded.next_piece, loose = excluded.loose, tail = excluded.tail";
  private static final String INSERT_PIECE =
      "INSERT INTO metric_pieces (series, piece, points, first_at, last_at, first_step, last_step,"
          + " body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String NEAR =
      "SELECT body FROM metric_pieces WHERE series = ? AND last_at >= ? AND first_at <= ?"
          + " AND last_step >= ? AND first_step <= ?";
  private static final String SMALL =
      "SELECT body FROM metric_pieces WHERE series = ? AND points < " + LARGE + " ORDER BY piece";
  private static final String DELETE_SMALL =
      "DELETE FROM metric_pieces WHERE series = ? AND points < " + LARGE;

  private final Session session;
  private final long run;

  /** What makes two points the same. */
  private record Point(long step, long at, long value) {
    static Point of(MetricSeries series, int i) {
      return new Point(series.step(i), series.atMillis(i), bits(series.value(i)));
    }

    private static long bits(double value) {
      return Double.doubleToLongBits(value == 0 ? 0.0 : value);
    }
  }

  MetricRows(Session session, long run) {
    this.session = session;
    this.run = run;
  }

  void write(List<Metric> metrics) throws SQLException {
    var byKey = new LinkedHashMap<String, MetricSeries>();
    for (var metric : metrics) {
      byKey
          .computeIfAbsent(metric.key(), _ -> new MetricSeries(1))
          .add(metric.step(), metric.atMillis(), metric.value());
    }
    write(byKey);
  }

  /** Points by their keys, in any order. */
  void write(Map<String, MetricSeries> byKey) throws SQLException {
    var known = known(List.copyOf(byKey.keySet()));
    var changed = new ArrayList<@Nullable Object[]>(byKey.size());
    long next = known.size() == byKey.size() ? 0 : nextNumber();
    for (Map.Entry<String, MetricSeries> entry : byKey.entrySet()) {
      var row = known.get(entry.getKey());
      row = row == null ? SeriesRow.none(next++) : row;
      var fresh = fresh(row, entry.getValue().distinct());
      if (fresh.size() > 0) {
        changed.add(values(entry.getKey(), added(row, fresh)));
      }
    }
    session.updateAll(UPSERT, ON_CONFLICT, changed);
  }

  private long nextNumber() throws SQLException {
    return session.first(NEXT, next -> next.number(1)).orElseThrow();
  }

  private Map<String, SeriesRow> known(List<String> keys) throws SQLException {
    var known = new HashMap<String, SeriesRow>();
    Session.Reader<Object> reader = row -> known.put(row.text(12), SeriesRow.read(row));
    if (keys.size() == 1) {
      session.list(SELECT + "= ?", reader, run, keys.getFirst());
      return known;
    }
    for (int from = 0; from < keys.size(); from += AT_ONCE) {
      var values = new Object[1 + AT_ONCE];
      values[0] = run;
      for (int i = 0; i < AT_ONCE; i++) {
        values[i + 1] = keys.get(Math.min(from + i, keys.size() - 1));
      }
      session.list(SELECT_MANY, reader, values);
    }
    return known;
  }

  /** The points that are not there yet. */
  private MetricSeries fresh(SeriesRow row, MetricSeries points) throws SQLException {
    if (row.isNew() || isBeyond(row, points)) {
      return points;
    }
    var doubtful = points.where(i -> !row.isBeyond(points.step(i), points.atMillis(i)));
    var near = near(row, Bounds.of(doubtful));
    return points.where(i ->
        row.isBeyond(points.step(i), points.atMillis(i)) || !near.contains(Point.of(points, i)));
  }

  private static boolean isBeyond(SeriesRow row, MetricSeries points) {
    for (int i = 0; i < points.size(); i++) {
      if (!row.isBeyond(points.step(i), points.atMillis(i))) {
        return false;
      }
    }
    return true;
  }

  /** The points that are there already, of all pieces that reach into these bounds. */
  private Set<Point> near(SeriesRow row, Bounds bounds) throws SQLException {
    var near = new HashSet<>(points(row.tail()));
    session.list(
        NEAR,
        piece -> near.addAll(points(MetricPiece.tail(piece.bytes(1)))),
        row.no(),
        bounds.firstAt,
        bounds.lastAt,
        bounds.firstStep,
        bounds.lastStep);
    return near;
  }

  private static List<Point> points(MetricSeries series) {
    var points = new ArrayList<Point>(series.size());
    for (int i = 0; i < series.size(); i++) {
      points.add(Point.of(series, i));
    }
    return points;
  }

  private SeriesRow added(SeriesRow before, MetricSeries fresh) throws SQLException {
    var row = before.with(fresh);
    var waiting = new MetricSeries(before.tail().size() + fresh.size());
    waiting.addAll(before.tail());
    waiting.addAll(fresh);
    if (waiting.size() < MOST_WAITING) {
      return row.withTail(waiting);
    }
    row = pieces(row, waiting.sorted());
    return row.loose() < MOST_LOOSE ? row : pack(row);
  }

  /** Takes all small pieces together; the order of points is by time. */
  private SeriesRow pack(SeriesRow before) throws SQLException {
    var all = new MetricSeries(LARGE);
    session.list(
        SMALL,
        piece -> {
          MetricPiece.read(piece.bytes(1), all);
          return all;
        },
        before.no());
    session.update(DELETE_SMALL, before.no());
    return pieces(before.packed(), all.sorted()).packed();
  }

  private SeriesRow pieces(SeriesRow before, MetricSeries sorted) throws SQLException {
    if (sorted.size() <= MOST_PACKED) {
      return piece(before, sorted);
    }
    var row = before;
    for (int from = 0; from < sorted.size(); from += MOST_PACKED) {
      row = piece(row, sorted.range(from, Math.min(sorted.size(), from + MOST_PACKED)));
    }
    return row;
  }

  private SeriesRow piece(SeriesRow row, MetricSeries points) throws SQLException {
    var bounds = Bounds.of(points);
    session.update(
        INSERT_PIECE,
        row.no(),
        row.nextPiece(),
        points.size(),
        bounds.firstAt,
        bounds.lastAt,
        bounds.firstStep,
        bounds.lastStep,
        MetricPiece.write(points));
    return row.withPiece(points.size() < LARGE, MetricSeries.empty());
  }

  private @Nullable Object[] values(String key, SeriesRow row) {
    return new @Nullable Object[] {
      row.no(),
      run,
      key,
      number(row.value()),
      Double.isNaN(row.value()),
      row.step(),
      row.at(),
      row.lastAt(),
      row.lastStep(),
      row.points(),
      row.nextPiece(),
      row.loose(),
      MetricPiece.writeTail(row.tail())
    };
  }

  private static double number(double value) {
    return Double.isNaN(value) ? 0 : value;
  }

  private record Bounds(long firstAt, long lastAt, long firstStep, long lastStep) {
    static Bounds of(MetricSeries points) {
      long firstAt = Long.MAX_VALUE;
      long lastAt = Long.MIN_VALUE;
      long firstStep = Long.MAX_VALUE;
      long lastStep = Long.MIN_VALUE;
      for (int i = 0; i < points.size(); i++) {
        firstAt = Math.min(firstAt, points.atMillis(i));
        lastAt = Math.max(lastAt, points.atMillis(i));
        firstStep = Math.min(firstStep, points.step(i));
        lastStep = Math.max(lastStep, points.step(i));
      }
      return new Bounds(firstAt, lastAt, firstStep, lastStep);
    }
  }
}
