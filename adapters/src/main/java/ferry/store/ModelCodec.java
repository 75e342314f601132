package ferry.store;

import ferry.registry.LoggedModel;
import ferry.registry.Model;
import ferry.registry.ModelEvent;
import ferry.registry.ModelVersion;
import ferry.registry.Stage;
import ferry.tracking.TrackedId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models, versions, logged models and events as rows with a body of JSON. */
final class ModelCodec {
  private ModelCodec() {}

  static String body(Model model) {
    var aliases = new LinkedHashMap<String, String>();
    model.aliases().forEach((alias, number) -> aliases.put(alias, Integer.toString(number)));
    return new Fields()
        .put("description", model.description())
        .put("tags", model.tags())
        .put("aliases", aliases)
        .json();
  }

  /** Of the columns name, created, updated and body. */
  static Model model(Row row) throws SQLException {
    var body = Json.read(row.text(4));
    var aliases = new LinkedHashMap<String, Integer>();
    body.words("aliases").forEach((alias, number) -> aliases.put(alias, Integer.valueOf(number)));
    return new Model(
        row.text(1),
        body.text("description"),
        row.instant(2),
        row.instant(3),
        body.words("tags"),
        aliases);
  }

  static String body(ModelVersion version) {
    return new Fields()
        .put("stage", version.stage().word())
        .put("description", version.description())
        .put("user", version.user())
        .put("source", version.source())
        .put("link", version.runLink())
        .put("logged", version.loggedModel())
        .put("tags", version.tags())
        .json();
  }

  /** Of the columns model, number, run, created, updated and body. */
  static ModelVersion version(Row row) throws SQLException {
    var body = Json.read(row.text(6));
    return new ModelVersion(
        row.text(1),
        row.count(2),
        Stage.of(body.text("stage")).orElse(Stage.NONE),
        body.text("description"),
        body.text("user"),
        row.instant(4),
        row.instant(5),
        body.text("source"),
        row.optionalText(3).map(TrackedId::new),
        body.optionalText("link"),
        body.optionalText("logged"),
        body.words("tags"));
  }

  static String body(LoggedModel model) {
    return new Fields()
        .put("name", model.name())
        .put("type", model.type())
        .put("state", Words.write(model.state()))
        .put("updated", model.updated().toEpochMilli())
        .put("artifacts", model.artifacts())
        .put("params", model.params())
        .put("tags", model.tags())
        .json();
  }

  /** Of the columns id, grp, run, created and body. */
  static LoggedModel loggedModel(Row row, Map<String, List<LoggedModel.Measure>> measures)
      throws SQLException {
    var body = Json.read(row.text(5));
    return new LoggedModel(
        row.text(1),
        Long.toString(row.number(2)),
        body.text("name"),
        body.text("type"),
        row.optionalText(3).map(TrackedId::new),
        Words.read(LoggedModel.State.class, body.text("state")),
        row.instant(4),
        Instant.ofEpochMilli(body.optionalNumber("updated").orElse(0)),
        body.text("artifacts"),
        body.words("params"),
        body.words("tags"),
        measures.getOrDefault(row.text(1), List.of()));
  }

  static String body(ModelEvent event) {
    return new Fields().put("details", event.details()).json();
  }

  /** Of the columns model, version, at, who, what and body. */
  static ModelEvent event(Row row) throws SQLException {
    return new ModelEvent(
        row.text(1),
        row.optionalCount(2),
        row.instant(3),
        row.text(4),
        row.text(5),
        Json.read(row.text(6)).words("details"));
  }
}
