package ferry.store;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How much tracked runs hold, in bytes, so that no more of them is read than has room. */
final class TrackedWeights {
  private static final int AT_ONCE = 500;

  /** What a run takes besides its texts, and each of these. */
  private static final int FRAME = 500;

  private static final String WEIGHTS =
      "SELECT run, SUM(bytes) FROM ("
          + "SELECT run, octet_length(name) + octet_length(value) + 25 AS bytes FROM run_params"
          + " WHERE run IN (RUNS) UNION ALL "
          + "SELECT run, octet_length(name) + octet_length(value) + 25 FROM run_tags"
          + " WHERE run IN (RUNS) UNION ALL "
          + "SELECT run, octet_length(body) + 100 FROM run_datasets"
          + " WHERE run IN (RUNS) UNION ALL "
          + "SELECT run, octet_length(name) + 90 FROM metric_series WHERE run IN (RUNS)"
          + ") AS pieces GROUP BY run";

  private final Session session;
  private final long most;

  TrackedWeights(Session session, long most) {
    this.session = session;
    this.most = most;
  }

  /** As many of the first runs as have room together; the first has always. */
  List<Long> beginning(List<Long> runs) throws SQLException {
    if (runs.size() < 2 || most == Long.MAX_VALUE) {
      return runs;
    }
    long sum = 0;
    for (int from = 0; from < runs.size(); from += AT_ONCE) {
      var some = runs.subList(from, Math.min(runs.size(), from + AT_ONCE));
      var weights = weights(some);
      for (int i = 0; i < some.size(); i++) {
        sum += FRAME + weights.getOrDefault(some.get(i), 0L);
        if (sum > most && from + i > 0) {
          return runs.subList(0, from + i);
        }
      }
    }
    return runs;
  }

  private Map<Long, Long> weights(List<Long> runs) throws SQLException {
    var numbers = runs.stream().map(String::valueOf).collect(Collectors.joining(", "));
    var weights = new HashMap<Long, Long>();
    session.once(
        WEIGHTS.replace("RUNS", numbers), row -> weights.put(row.number(1), row.number(2)));
    return weights;
  }
}
