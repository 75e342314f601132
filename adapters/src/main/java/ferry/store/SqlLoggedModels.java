package ferry.store;

import ferry.error.RequestError;
import ferry.registry.LoggedModel;
import ferry.registry.LoggedModels;
import ferry.tracking.Metric;
import ferry.tracking.TrackedId;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Logged models as rows. */
final class SqlLoggedModels implements LoggedModels {
  private static final String SELECT =
      "SELECT id, grp, run, created, body FROM logged_models WHERE deleted = 0 AND ";
  private static final String INSERT =
      "INSERT INTO logged_models (id, grp, run, created, deleted, body) VALUES (?, ?, ?, ?, 0, ?)";
  private static final String UPSERT_METRIC =
      "INSERT INTO logged_model_metrics (model, name, dataset, digest, run, value, nan, step, at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (model, name, dataset, digest, run)"
          + " DO UPDATE SET value = excluded.value, nan = excluded.nan, step = excluded.step,"
          + " at = excluded.at WHERE (excluded.step, excluded.at) >="
          + " (logged_model_metrics.step, logged_model_metrics.at)";
  private static final String METRICS =
      "SELECT model, name, value, nan, step, at, run, dataset, digest FROM logged_model_metrics"
          + " WHERE model ";

  private final Database database;
  private final GroupedWrites writes;
  private final InstantSource clock;

  SqlLoggedModels(Database database, GroupedWrites writes, InstantSource clock) {
    this.database = database;
    this.writes = writes;
    this.clock = clock;
  }

  @Override
  public void create(LoggedModel model) {
    writes.write(session ->
        session.update(
            INSERT,
            model.id(),
            SqlRunGroups.active(session, model.group()),
            model.run().map(TrackedId::value).orElse(null),
            model.created().toEpochMilli(),
            ModelCodec.body(model)));
  }

  @Override
  public Optional<LoggedModel> find(String id) {
    return database.read(session -> find(session, id));
  }

  private static Optional<LoggedModel> find(Session session, String id) throws SQLException {
    var measures = new HashMap<String, List<LoggedModel.Measure>>();
    session.list(METRICS + "= ? ORDER BY name", row -> collect(row, measures), id);
    return session.first(SELECT + "id = ?", row -> ModelCodec.loggedModel(row, measures), id);
  }

  private static boolean collect(Row row, Map<String, List<LoggedModel.Measure>> measures)
      throws SQLException {
    var metric =
        new Metric(
            row.text(2), row.flag(4) ? Double.NaN : row.real(3), row.number(5), row.instant(6));
    return measures
        .computeIfAbsent(row.text(1), _ -> new ArrayList<>())
        .add(new LoggedModel.Measure(metric, new TrackedId(row.text(7)), row.text(8), row.text(9)));
  }

  @Override
  public List<LoggedModel> of(List<String> groups) {
    var all = new ArrayList<LoggedModel>();
    return database.read(session -> {
      for (var group : groups) {
        var no = SqlRunGroups.number(group);
        if (no.isPresent()) {
          var measures = new HashMap<String, List<LoggedModel.Measure>>();
          session.list(
              METRICS + "IN (SELECT id FROM logged_models WHERE grp = ?) ORDER BY name",
              row -> collect(row, measures),
              no.getAsLong());
          all.addAll(
              session.list(
                  SELECT + "grp = ? ORDER BY created DESC, id",
                  row -> ModelCodec.loggedModel(row, measures),
                  no.getAsLong()));
        }
      }
      return all;
    });
  }

  @Override
  public LoggedModel change(String id, UnaryOperator<LoggedModel> how) {
    return writes.write(session -> {
      var known = find(session, id).orElseThrow(() -> notFound(id));
      var changed = how.apply(known);
      var stamped =
          new LoggedModel(
              changed.id(),
              changed.group(),
              changed.name(),
              changed.type(),
              changed.run(),
              changed.state(),
              changed.created(),
              clock.instant(),
              changed.artifacts(),
              changed.params(),
              changed.tags(),
              changed.metrics());
      session.update(
          "UPDATE logged_models SET body = ? WHERE id = ?", ModelCodec.body(stamped), id);
      return stamped;
    });
  }

  private static RuntimeException notFound(String id) {
    return new RequestError.NotFound("logged model", id, Optional.empty()).thrown();
  }

  @Override
  public void measure(String id, LoggedModel.Measure measure) {
    var metric = measure.metric();
    writes.write(session ->
        session.update(
            UPSERT_METRIC,
            id,
            metric.key(),
            measure.dataset(),
            measure.digest(),
            measure.run().value(),
            Double.isNaN(metric.value()) ? 0.0 : metric.value(),
            Double.isNaN(metric.value()),
            metric.step(),
            metric.atMillis()));
  }

  @Override
  public void delete(String id) {
    writes.write(session -> {
      var sql = "UPDATE logged_models SET deleted = ? WHERE id = ? AND deleted = 0";
      if (session.update(sql, Math.max(1, clock.millis()), id) == 0) {
        throw notFound(id);
      }
      return id;
    });
  }
}
