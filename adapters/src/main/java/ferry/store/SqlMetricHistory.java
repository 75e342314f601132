package ferry.store;

import ferry.run.RunId;
import ferry.tracking.Metric;
import ferry.tracking.MetricHistory;
import ferry.tracking.MetricSeries;
import ferry.tracking.TrackedId;
import java.sql.SQLException;
import java.util.List;

/** Reads packed points. */
final class SqlMetricHistory implements MetricHistory {
  private static final String LATEST =
      "SELECT m.name, m.value, m.nan, m.step, m.at FROM metric_series m, tracked_runs r"
          + " WHERE r.id = ? AND m.run = r.no ORDER BY m.name";
  private static final String LENGTHS =
      "SELECT r.id, m.name, m.points FROM tracked_runs r, metric_series m"
          + " WHERE r.run = ? AND r.deleted = 0 AND m.run = r.no"
          + " ORDER BY r.parent IS NOT NULL, r.started, r.id, m.name LIMIT ?";
  private static final String PIECES =
      "SELECT p.body FROM tracked_runs r, metric_series m, metric_pieces p"
          + " WHERE r.id = ? AND m.run = r.no AND m.name = ? AND p.series = m.no"
          + " ORDER BY p.first_at, p.piece";

  private static final String TAIL =
      "SELECT m.tail, m.points FROM tracked_runs r, metric_series m"
          + " WHERE r.id = ? AND m.run = r.no AND m.name = ?";

  /** The last points of a series, and how many there are in all. */
  private record Tail(MetricSeries points, int all) {}

  private final Database database;
  private final MetricInbox inbox;

  SqlMetricHistory(Database database, MetricInbox inbox) {
    this.database = database;
    this.inbox = inbox;
  }

  private <T> T read(Database.Work<T> work) {
    inbox.settle();
    return database.read(work);
  }

  @Override
  public List<Metric> latest(TrackedId run) {
    return read(session ->
        session.list(
            LATEST,
            row ->
                new Metric(
                    row.text(1),
                    row.flag(3) ? Double.NaN : row.real(2),
                    row.number(4),
                    row.instant(5)),
            run.value()));
  }

  @Override
  public List<Length> lengths(RunId run, int most) {
    return read(session ->
        session.list(
            LENGTHS,
            row -> new Length(new TrackedId(row.text(1)), row.text(2), row.number(3)),
            run.value(),
            most));
  }

  @Override
  public MetricSeries history(TrackedId run, String key) {
    return read(session -> history(session, run, key)).sorted();
  }

  private static MetricSeries history(Session session, TrackedId run, String key)
      throws SQLException {
    var tail =
        session.first(
            TAIL,
            row -> new Tail(MetricPiece.tail(row.optionalBytes(1)), row.count(2)),
            run.value(),
            key);
    if (tail.isEmpty()) {
      return MetricSeries.empty();
    }
    var all = new MetricSeries(tail.get().all);
    session.list(
        PIECES,
        row -> {
          MetricPiece.read(row.bytes(1), all);
          return true;
        },
        run.value(),
        key);
    all.addAll(tail.get().points);
    return all;
  }
}
