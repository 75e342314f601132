package ferry.store;

import ferry.run.RunId;
import ferry.run.RunStatus;
import ferry.tracking.Metric;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRun;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads tracked runs with all that was logged for them, many at once. */
final class TrackedRows {
  private static final String RUNS =
      "SELECT r.no, r.id, r.grp, r.name, r.submitter, r.status, r.started, r.ended, r.deleted,"
          + " r.parent, r.run, g.artifacts FROM tracked_runs r, run_groups g"
          + " WHERE g.no = r.grp AND r.no IN (";

  private final Session session;
  private final String numbers;
  private final Object[] values;
  private final Map<Long, List<Metric>> metrics = new HashMap<>();
  private final Map<Long, Map<String, String>> params = new HashMap<>();
  private final Map<Long, Map<String, String>> tags = new HashMap<>();
  private final Map<Long, List<TrackedRun.Dataset>> datasets = new HashMap<>();
  private final Map<Long, List<TrackedRun.ModelLink>> models = new HashMap<>();

  private TrackedRows(Session session, List<Long> numbers) {
    this.session = session;
    boolean isOne = numbers.size() == 1;
    this.numbers =
        isOne
            ? "?)"
            : numbers.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")";
    this.values = isOne ? numbers.toArray() : new Object[0];
  }

  /** These runs, in this order; one that is not there is left out. */
  static List<TrackedRun> read(Session session, List<Long> numbers) throws SQLException {
    var runs = new HashMap<Long, TrackedRun>();
    for (int from = 0; from < numbers.size(); from += 500) {
      var some = numbers.subList(from, Math.min(numbers.size(), from + 500));
      runs.putAll(new TrackedRows(session, some).read());
    }
    return numbers.stream().filter(runs::containsKey).map(runs::get).toList();
  }

  private Map<Long, TrackedRun> read() throws SQLException {
    readMetrics();
    readTexts("run_params", params);
    readTexts("run_tags", tags);
    readDatasets();
    readModels();
    var runs = new HashMap<Long, TrackedRun>();
    all(RUNS + numbers, row -> runs.put(row.number(1), run(row)));
    return runs;
  }

  private void readMetrics() throws SQLException {
    all(
        "SELECT run, name, value, nan, step, at FROM metric_series WHERE run IN ("
            + numbers
            + " ORDER BY run, name",
        row ->
            metrics
                .computeIfAbsent(row.number(1), _ -> new ArrayList<>())
                .add(
                    new Metric(
                        row.text(2),
                        row.flag(4) ? Double.NaN : row.real(3),
                        row.number(5),
                        row.instant(6))));
  }

  private void readTexts(String table, Map<Long, Map<String, String>> into) throws SQLException {
    all(
        "SELECT run, name, value FROM " + table + " WHERE run IN (" + numbers,
        row ->
            into.computeIfAbsent(row.number(1), _ -> new TreeMap<>())
                .put(row.text(2), row.text(3)));
  }

  private void readDatasets() throws SQLException {
    all(
        "SELECT run, name, digest, body FROM run_datasets WHERE run IN ("
            + numbers
            + " ORDER BY run, name, digest",
        row -> {
          var body = Json.read(row.text(4));
          var dataset =
              new TrackedRun.Dataset(
                  row.text(2), row.text(3), body.words("fields"), body.words("tags"));
          return datasets.computeIfAbsent(row.number(1), _ -> new ArrayList<>()).add(dataset);
        });
  }

  private void readModels() throws SQLException {
    all(
        "SELECT run, model, output, step FROM run_models WHERE run IN ("
            + numbers
            + " ORDER BY run, model",
        row ->
            models
                .computeIfAbsent(row.number(1), _ -> new ArrayList<>())
                .add(new TrackedRun.ModelLink(row.text(2), row.flag(3), row.number(4))));
  }

  /** Queries of many runs have the numbers in them, so they are not kept. */
  private void all(String sql, Session.Reader<?> reader) throws SQLException {
    if (values.length == 1) {
      session.list(sql, reader, values);
    } else {
      session.once(sql, reader);
    }
  }

  private TrackedRun run(Row row) throws SQLException {
    long no = row.number(1);
    return new TrackedRun(
        new TrackedId(row.text(2)),
        Long.toString(row.number(3)),
        row.text(4),
        row.text(5),
        Words.read(RunStatus.class, row.text(6)),
        row.instant(7),
        row.optionalInstant(8),
        row.flag(9),
        row.text(12) + "/" + row.text(2) + "/artifacts",
        row.optionalText(10).map(TrackedId::new),
        row.optionalText(11).map(RunId::new),
        metrics.getOrDefault(no, List.of()),
        params.getOrDefault(no, Map.of()),
        tags.getOrDefault(no, Map.of()),
        datasets.getOrDefault(no, List.of()),
        models.getOrDefault(no, List.of()));
  }

  static Optional<TrackedRun> one(Session session, TrackedId id) throws SQLException {
    var no =
        session.first("SELECT no FROM tracked_runs WHERE id = ?", row -> row.number(1), id.value());
    return no.isEmpty() ? Optional.empty() : read(session, List.of(no.get())).stream().findFirst();
  }
}
