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
    static Point of(Metric metric) {
      return new Point(metric.step(), metric.atMillis(), bits(metric.value()));
    }

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
    var byKey = new LinkedHashMap<String, List<Metric>>();
    for (var metric : metrics) {
      byKey.computeIfAbsent(metric.key(), _ -> new ArrayList<>(1)).add(metric);
    }
    var known = known(List.copyOf(byKey.keySet()));
    var changed = new ArrayList<@Nullable Object[]>(byKey.size());
    long next = known.size() == byKey.size() ? 0 : nextNumber();
    for (Map.Entry<String, List<Metric>> entry : byKey.entrySet()) {
      var row = known.get(entry.getKey());
      row = row == null ? SeriesRow.none(next++) : row;
      var fresh = fresh(row, entry.getValue());
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
  private MetricSeries fresh(SeriesRow row, List<Metric> points) throws SQLException {
    if (points.size() == 1 && row.isBeyond(points.getFirst())) {
      return MetricSeries.of(points);
    }
    var seen = row.isNew() ? new HashSet<Point>() : near(row, points);
    var fresh = new MetricSeries(points.size());
    for (var point : points) {
      if (seen.add(Point.of(point))) {
        fresh.add(point.step(), point.atMillis(), point.value());
      }
    }
    return fresh.sorted();
  }

  private Set<Point> near(SeriesRow row, List<Metric> points) throws SQLException {
    var doubtful = points.stream().filter(point -> !row.isBeyond(point)).toList();
    var near = new HashSet<Point>();
    if (doubtful.isEmpty()) {
      return near;
    }
    near.addAll(points(row.tail()));
    var bounds = Bounds.of(MetricSeries.of(doubtful));
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
    row = piece(row, waiting.sorted());
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
    var row = before.packed();
    var sorted = all.sorted();
    for (int from = 0; from < sorted.size(); from += MOST_PACKED) {
      row = piece(row, sorted.range(from, Math.min(sorted.size(), from + MOST_PACKED)));
    }
    return row.packed();
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
      var never = new Bounds(Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE);
      var bounds = never;
      for (int i = 0; i < points.size(); i++) {
        bounds =
            new Bounds(
                Math.min(bounds.firstAt, points.atMillis(i)),
                Math.max(bounds.lastAt, points.atMillis(i)),
                Math.min(bounds.firstStep, points.step(i)),
                Math.max(bounds.lastStep, points.step(i)));
      }
      return bounds;
    }
  }
}
