package ferry.store;

import ferry.error.SystemError;
import ferry.error.UserException;
import ferry.tracking.MetricSeries;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Batches of points that are kept and acknowledged as they came, each in one row, and not yet among
 * the series of their keys. They are put there together, before anybody reads metrics or when many
 * have come: a row of a series is then written once for many batches.
 */
final class MetricInbox {
  /** A batch of fewer points is among its series as quickly. */
  static final int LEAST = 16;

  /** With so many points waiting, whoever brings more puts them where they belong. */
  static final int MOST_WAITING = 1 << 16;

  private static final String NEXT = "SELECT coalesce(max(no), 0) + 1 FROM metric_inbox";
  private static final String INSERT = "INSERT INTO metric_inbox (no, run, body) VALUES (?, ?, ?)";
  private static final String ALL = "SELECT run, body FROM metric_inbox ORDER BY no";

  private final GroupedWrites writes;

  /** How often something was put in; an earlier server may have left something, too. */
  private volatile long taken = 1;

  /** What {@link #taken} was when all of it was put where it belongs, which is committed. */
  private volatile long settled;

  /** Of the writing thread, which holds the database's lock. */
  private int waiting;

  MetricInbox(GroupedWrites writes) {
    this.writes = writes;
  }

  /** Keeps points that {@link PackedBatch} packed, in a transaction that writes. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes at a time
  void take(Session session, long run, int points, byte[] packed) throws SQLException {
    long no = session.first(NEXT, row -> row.number(1)).orElseThrow();
    session.update(INSERT, no, run, packed);
    taken++;
    waiting += points;
    if (waiting >= MOST_WAITING) {
      settle(session);
    }
  }

  /** Puts all points that were acknowledged before where they are read. */
  void settle() {
    if (settled == taken) {
      return;
    }
    try {
      settled = writes.write(this::settle);
    } catch (UserException refused) {
      if (!(refused.error() instanceof SystemError.DiskFull)) {
        throw refused;
      }
      // on a full disk everything before can be read, and these stay kept until there is room
    }
  }

  /** What {@link #taken} was. */
  private long settle(Session session) throws SQLException {
    long now = taken;
    waiting = 0;
    var runs = new TreeMap<Long, Map<String, MetricSeries>>();
    session.list(
        ALL,
        row -> {
          var series = runs.computeIfAbsent(row.number(1), _ -> new LinkedHashMap<>());
          PackedBatch.read(row.bytes(2), series);
          return series;
        });
    for (Map.Entry<Long, Map<String, MetricSeries>> run : runs.entrySet()) {
      new MetricRows(session, run.getKey()).write(run.getValue());
    }
    if (!runs.isEmpty()) {
      session.update("DELETE FROM metric_inbox");
    }
    return now;
  }

  /** Forgets what was logged for a run. */
  static void forget(Session session, long run) throws SQLException {
    session.update("DELETE FROM metric_inbox WHERE run = ?", run);
  }
}
