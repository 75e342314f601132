package ferry.cli;

import ferry.cli.client.Client;
import ferry.cli.client.Failure;
import ferry.cli.client.Json;
import ferry.cli.client.JsonText;
import ferry.cli.terminal.SafeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import picocli.CommandLine.Model.CommandSpec;

/** Writes a search with its plots into one HTML file that needs nothing else to be read. */
final class ReportCommand implements Command {
  private static final String TEMPLATE = "report.html";
  private static final String PLACE = "@DATA@";

  @Override
  public CommandSpec spec() {
    return Options.asking("report", "Writes a search with its plots into one HTML file.")
        .addPositional(
            Options.words("[EXPERIMENT]", "The experiment; the latest where none is named."))
        .addOption(
            Options.value("FILE", "Write it there; `-` is standard output.", "--output", "-o"));
  }

  @Override
  public int run(Invocation given, Session session) {
    var path = "/experiments/" + Client.encode(given.word(0, 1).orElse("latest"));
    var experiment = session.client().get(path);
    var data = new LinkedHashMap<String, Object>();
    data.put("experiment", experiment.value());
    data.put("trials", TrialsCommand.all(path, session).stream().map(Json::value).toList());
    data.put("importance", session.client().get(path + "/importance").value());
    var page = template().replace(PLACE, JsonText.compact(new Json(data)).replace("<", "\\u003c"));
    var file = given.value("--output").orElse(experiment.text("id") + ".html");
    if (file.equals("-")) {
      session.out().print(page);
      return 0;
    }
    var target = session.shell().directory().resolve(Path.of(file));
    try {
      Files.writeString(target, page);
    } catch (IOException e) {
      throw Failure.system("the report cannot be written: " + e.getMessage()).thrown();
    }
    session.out().println(SafeText.line(target.toString()));
    return 0;
  }

  private static String template() {
    try (var in = ReportCommand.class.getResourceAsStream(TEMPLATE)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks " + TEMPLATE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
