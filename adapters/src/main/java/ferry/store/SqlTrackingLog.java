package ferry.store;

import ferry.error.RequestError;
import ferry.tracking.Batch;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackingLog;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what tracked runs log; batches of many clients share a transaction. */
final class SqlTrackingLog implements TrackingLog {
  private static final String PARAM = "SELECT value FROM run_params WHERE run = ? AND name = ?";
  static final String INSERT_PARAM = "INSERT INTO run_params (run, name, value) VALUES (?, ?, ?)";
  static final String UPSERT_TAG =
      "INSERT INTO run_tags (run, name, value) VALUES (?, ?, ?)"
          + " ON CONFLICT (run, name) DO UPDATE SET value = excluded.value";

  private final GroupedWrites writes;
  private final MetricInbox inbox;

  SqlTrackingLog(GroupedWrites writes, MetricInbox inbox) {
    this.writes = writes;
    this.inbox = inbox;
  }

  @Override
  public void log(TrackedId run, Batch batch) {
    var points = batch.metrics();
    boolean isLarge = points.size() >= MetricInbox.LEAST;
    var packed = isLarge ? PackedBatch.write(points) : new byte[0];
    writes.write(session -> {
      long no = FerryRuns.active(session, run);
      for (Map.Entry<String, String> param : batch.params().entrySet()) {
        param(session, no, run, param.getKey(), param.getValue());
      }
      for (Map.Entry<String, String> tag : batch.tags().entrySet()) {
        session.update(UPSERT_TAG, no, tag.getKey(), tag.getValue());
      }
      if (isLarge) {
        inbox.take(session, no, points.size(), packed);
      } else if (!points.isEmpty()) {
        new MetricRows(session, no).write(points);
      }
      return no;
    });
  }

  private static void param(Session session, long no, TrackedId run, String key, String value)
      throws SQLException {
    Optional<String> known = session.first(PARAM, row -> row.text(1), no, key);
    if (known.isEmpty()) {
      session.update(INSERT_PARAM, no, key, value);
    } else if (!known.get().equals(value)) {
      throw new RequestError.BadRequest(
              "the parameter `%s` of run `%s` is `%s` already; it cannot become `%s`"
                  .formatted(key, run, shown(known.get()), shown(value)),
              List.of("log it under another name, or as a tag"))
          .thrown();
    }
  }

  private static String shown(String value) {
    return value.length() <= 100 ? value : value.substring(0, 100) + "…";
  }
}
