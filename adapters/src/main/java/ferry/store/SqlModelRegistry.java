package ferry.store;

import ferry.error.RequestError;
import ferry.registry.Model;
import ferry.registry.ModelEvent;
import ferry.registry.ModelRegistry;
import ferry.registry.ModelVersion;
import ferry.tracking.TrackedId;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Models and their versions as rows, and every change with a row that tells of it. */
final class SqlModelRegistry implements ModelRegistry {
  private static final String MODELS = "SELECT name, created, updated, body FROM models";
  private static final String VERSIONS =
      "SELECT model, number, run, created, updated, body FROM model_versions";
  private static final String INSERT =
      "INSERT INTO models (name, created, updated, last_version, body) VALUES (?, ?, ?, 0, ?)"
          + " ON CONFLICT (name) DO NOTHING";
  private static final String INSERT_VERSION =
      "INSERT INTO model_versions (model, number, run, created, updated, body)"
          + " VALUES (?, ?, ?, ?, ?, ?)";
  private static final String INSERT_EVENT =
      "INSERT INTO model_events (no, model, version, at, who, what, body)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";

  private final Database database;
  private final GroupedWrites writes;
  private final InstantSource clock;

  SqlModelRegistry(Database database, GroupedWrites writes, InstantSource clock) {
    this.database = database;
    this.writes = writes;
    this.clock = clock;
  }

  @Override
  public void create(Model model, ModelEvent event) {
    writes.write(session -> {
      int inserted =
          session.update(
              INSERT,
              model.name(),
              model.created().toEpochMilli(),
              model.updated().toEpochMilli(),
              ModelCodec.body(model));
      if (inserted == 0) {
        throw taken(model.name());
      }
      return tell(session, event, event.version());
    });
  }

  private static RuntimeException taken(String name) {
    return new RequestError.Conflict(
            "Registered Model (name=" + name + ") already exists", List.of())
        .thrown();
  }

  private static int tell(Session session, ModelEvent event, OptionalInt version)
      throws SQLException {
    return session.update(
        INSERT_EVENT,
        FerryRuns.next(session, "model_events"),
        event.model(),
        number(version),
        event.at().toEpochMilli(),
        event.who(),
        event.what(),
        ModelCodec.body(event));
  }

  private static @Nullable Integer number(OptionalInt version) {
    return version.isPresent() ? version.getAsInt() : null;
  }

  @Override
  public Optional<Model> find(String name) {
    return database.read(
        session -> session.first(MODELS + " WHERE name = ?", ModelCodec::model, name));
  }

  private static Model existing(Session session, String name) throws SQLException {
    return session
        .first(MODELS + " WHERE name = ?", ModelCodec::model, name)
        .orElseThrow(() -> new RequestError.NotFound("model", name, Optional.empty()).thrown());
  }

  @Override
  public List<Model> all() {
    return database.read(session -> session.list(MODELS + " ORDER BY name", ModelCodec::model));
  }

  @Override
  public Model change(String name, UnaryOperator<Model> how, ModelEvent event) {
    return writes.write(session -> {
      var changed = how.apply(existing(session, name));
      save(session, changed);
      tell(session, event, event.version());
      return existing(session, name);
    });
  }

  private void save(Session session, Model model) throws SQLException {
    session.update(
        "UPDATE models SET updated = ?, body = ? WHERE name = ?",
        clock.millis(),
        ModelCodec.body(model),
        model.name());
  }

  @Override
  public void rename(String name, String to, ModelEvent event) {
    writes.write(session -> {
      existing(session, name);
      if (session.first(MODELS + " WHERE name = ?", ModelCodec::model, to).isPresent()) {
        throw taken(to);
      }
      session.update(
          "UPDATE models SET name = ?, updated = ? WHERE name = ?", to, clock.millis(), name);
      session.update("UPDATE model_versions SET model = ? WHERE model = ?", to, name);
      session.update("UPDATE model_events SET model = ? WHERE model = ?", to, name);
      return tell(session, event, event.version());
    });
  }

  @Override
  public void delete(String name, ModelEvent event) {
    writes.write(session -> {
      existing(session, name);
      session.update("DELETE FROM model_versions WHERE model = ?", name);
      session.update("DELETE FROM models WHERE name = ?", name);
      return tell(session, event, event.version());
    });
  }

  @Override
  public ModelVersion add(ModelVersion version, ModelEvent event) {
    return writes.write(session -> {
      var model = existing(session, version.model());
      var sql = "SELECT last_version FROM models WHERE name = ?";
      int number = session.first(sql, row -> row.count(1), model.name()).orElseThrow() + 1;
      session.update("UPDATE models SET last_version = ? WHERE name = ?", number, model.name());
      session.update(
          INSERT_VERSION,
          model.name(),
          number,
          version.run().map(TrackedId::value).orElse(null),
          version.created().toEpochMilli(),
          version.updated().toEpochMilli(),
          ModelCodec.body(version));
      save(session, model);
      tell(session, event, OptionalInt.of(number));
      return session
          .first(
              VERSIONS + " WHERE model = ? AND number = ?",
              ModelCodec::version,
              model.name(),
              number)
          .orElseThrow();
    });
  }

  @Override
  public List<ModelVersion> versions(String model) {
    return database.read(session -> versions(session, model));
  }

  private static List<ModelVersion> versions(Session session, String model) throws SQLException {
    return session.list(VERSIONS + " WHERE model = ? ORDER BY number", ModelCodec::version, model);
  }

  @Override
  public List<ModelVersion> allVersions() {
    return database.read(
        session -> session.list(VERSIONS + " ORDER BY model, number", ModelCodec::version));
  }

  @Override
  public void changeVersions(String model, UnaryOperator<ModelVersion> how, ModelEvent event) {
    writes.write(session -> {
      var owner = existing(session, model);
      for (var version : versions(session, model)) {
        var changed = how.apply(version);
        if (!changed.equals(version)) {
          session.update(
              "UPDATE model_versions SET updated = ?, body = ? WHERE model = ? AND number = ?",
              clock.millis(),
              ModelCodec.body(changed),
              model,
              version.number());
        }
      }
      save(session, owner);
      return tell(session, event, event.version());
    });
  }

  @Override
  public void deleteVersion(String model, int number, ModelEvent event) {
    writes.write(session -> {
      var owner = existing(session, model);
      var sql = "DELETE FROM model_versions WHERE model = ? AND number = ?";
      if (session.update(sql, model, number) == 0) {
        throw new RequestError.NotFound("version", model + "/" + number, Optional.empty()).thrown();
      }
      save(session, owner.withoutVersion(number));
      return tell(session, event, event.version());
    });
  }

  @Override
  public List<ModelEvent> events(String model) {
    return database.read(session ->
        session.list(
            "SELECT model, version, at, who, what, body FROM model_events WHERE model = ?"
                + " ORDER BY no",
            ModelCodec::event,
            model));
  }
}
