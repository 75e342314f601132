package ferry.cli;

import ferry.cli.client.Client;
import ferry.cli.client.Failure;
import ferry.cli.client.Json;
import ferry.cli.terminal.IsoTime;
import ferry.cli.terminal.Rounded;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.Table;
import ferry.cli.terminal.Table.Cell;
import ferry.cli.terminal.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Lists models, shows the versions and the history of one, or promotes a version. */
final class ModelsCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.asking("models", "Lists models, shows one, or promotes a version of one.")
        .addPositional(
            Options.words("[NAME | promote NAME VERSION]", "Which model, or what to promote."))
        .addOption(Options.value("ALIAS", "The alias that the version gets.", "--alias"))
        .addOption(
            Options.value("RULE", "What must hold, like \"accuracy > champion.accuracy\".", "--if"))
        .addOption(Options.value("TEXT", "Why it is promoted, for the record.", "--why"))
        .addOption(Options.output("json"));
  }

  @Override
  public int run(Invocation given, Session session) {
    var words = given.words(3);
    if (!words.isEmpty() && words.getFirst().equals("promote")) {
      return promote(given, words, session);
    }
    if (words.size() > 1) {
      throw Failure.usage(
              "`" + words.getFirst() + "` cannot be done to a model; expected promote",
              "`ferry models NAME` shows one, `ferry models promote NAME VERSION --alias ALIAS`"
                  + " promotes a version")
          .thrown();
    }
    return words.isEmpty() ? list(given, session) : show(given, words.getFirst(), session);
  }

  private static int list(Invocation given, Session session) {
    var format = given.format("json");
    var models = session.client().get("/models").list("models");
    if (format.isPresent()) {
      session.printJson(new Json(models));
      return 0;
    }
    if (models.isEmpty()) {
      session
          .err()
          .println(
              "no models: a step that calls `mlflow.register_model` or logs a model with"
                  + " `registered_model_name` makes one");
      return 0;
    }
    var table = new Table("MODEL", "VERSIONS", "LATEST", "ALIASES", "UPDATED");
    for (var model : models) {
      table.row(
          Cell.of(model.text("name")),
          Cell.of(model.text("versions")),
          Cell.of(model.text("latest")),
          Cell.of(aliases(model)),
          ago(model.text("updated"), session));
    }
    table.print(session.out(), session.shell().columns());
    return 0;
  }

  private static String aliases(Json model) {
    return model.get("aliases").entries().entrySet().stream()
        .map(entry -> entry.getKey() + " → " + entry.getValue().text())
        .collect(Collectors.joining(", "));
  }

  private static Cell ago(String time, Session session) {
    var millis = IsoTime.millis(time);
    return Cell.of(
        millis.isEmpty() ? "" : Words.relative(millis.getAsLong(), session.shell().now()));
  }

  private static int show(Invocation given, String name, Session session) {
    var format = given.format("json");
    var model = session.client().get("/models/" + Client.encode(name));
    if (format.isPresent()) {
      session.printJson(model);
      return 0;
    }
    var out = session.out();
    var table = new Table("VERSION", "ALIASES", "STAGE", "RUN", "COMMIT", "METRICS", "CREATED");
    for (var version : model.list("list")) {
      table.row(
          Cell.of(version.text("number")),
          Cell.of(String.join(", ", version.texts("aliases"))),
          Cell.of(version.text("stage").equals("None") ? "" : version.text("stage")),
          Cell.of(version.text("run").isEmpty() ? version.text("trackedRun") : version.text("run")),
          Cell.of(head(version.text("commit"), 10)),
          Cell.of(metrics(version)),
          ago(version.text("created"), session));
    }
    table.print(out, session.shell().columns());
    out.println("");
    for (var event : model.list("events")) {
      out.println(history(event));
    }
    return 0;
  }

  private static String head(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  private static String metrics(Json version) {
    return version.get("metrics").entries().entrySet().stream()
        .limit(3)
        .map(entry -> entry.getKey() + "=" + Rounded.of(entry.getValue().text()))
        .collect(Collectors.joining(" "));
  }

  private static String history(Json event) {
    var line = new ArrayList<String>();
    line.add(head(event.text("at").replace('T', ' '), 19));
    line.add(event.text("who"));
    line.add(event.text("what"));
    if (!event.text("version").isEmpty()) {
      line.add("version " + event.text("version"));
    }
    event.get("details").entries().forEach((key, value) -> line.add(key + ": " + value.text()));
    return SafeText.line(String.join(" · ", line));
  }

  private static int promote(Invocation given, List<String> words, Session session) {
    if (words.size() < 2) {
      throw Failure.usage(
              "no model is named: `ferry models promote NAME VERSION --alias ALIAS`",
              "`ferry models` lists them")
          .thrown();
    }
    var alias =
        given
            .value("--alias")
            .orElseThrow(() ->
                Failure.usage("no alias is named", "for instance: `--alias champion`").thrown());
    if (words.size() < 3) {
      throw Failure.usage(
              "no version is named: `ferry models promote NAME VERSION --alias " + alias + "`",
              "`ferry models " + words.get(1) + "` lists them")
          .thrown();
    }
    var body = new LinkedHashMap<String, Object>();
    body.put("version", words.get(2));
    body.put("alias", alias);
    given.value("--if").ifPresent(rule -> body.put("if", rule));
    given.value("--why").ifPresent(why -> body.put("why", why));
    var path = "/models/" + Client.encode(words.get(1)) + "/promote";
    var answer = session.client().post(path, body);
    for (var check : answer.texts("check")) {
      session.err().println(SafeText.line(check));
    }
    session.err().println(words.get(1) + "@" + alias + " is version " + words.get(2));
    return 0;
  }
}
