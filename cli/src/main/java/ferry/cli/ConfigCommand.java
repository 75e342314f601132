package ferry.cli;

import ferry.cli.client.Failure;
import ferry.cli.config.Config;
import ferry.cli.config.Setting;
import ferry.cli.terminal.Table;
import ferry.cli.terminal.Table.Cell;
import ferry.kubernetes.checkup.UsualBackend;
import ferry.workflow.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Shows and changes the settings. */
final class ConfigCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.command("config", "Shows the settings, one of them, or sets it.")
        .addPositional(
            Options.words(
                "[KEY [VALUE]]",
                "The setting, and what it shall be; - reads it from standard input."))
        .addOption(Options.value("KEY", "Take a setting out.", "--unset"))
        .addOption(
            Options.flag(
                "Write a file with every setting and what it means, where there is none.",
                "--generate-config"));
  }

  @Override
  public int run(Invocation given, Session session) {
    var home = session.shell().home();
    var unset = given.value("--unset");
    if (given.has("--generate-config")) {
      return generate(session);
    }
    if (unset.isPresent()) {
      Config.write(home, known(unset.get()), Optional.empty());
      return 0;
    }
    var key = given.word(0, 2);
    var value = given.word(1, 2);
    if (key.isEmpty()) {
      list(session);
    } else if (value.isPresent()) {
      var text = value.get().equals("-") ? fromInput(session) : value.get();
      var line = oneLine(text);
      Config.check(known(key.get()), line);
      Config.write(home, key.get(), Optional.of(line));
    } else {
      session
          .out()
          .println(
              ferry.cli.terminal.SafeText.line(Config.read(home).get(known(key.get())).orElse("")));
    }
    return 0;
  }

  /** What no list of processes shows. */
  private static String fromInput(Session session) {
    try {
      return new String(session.shell().in().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw Failure.system("the standard input cannot be read: " + e.getMessage()).thrown();
    }
  }

  private static String oneLine(String value) {
    if (value.contains("\n") || value.isBlank()) {
      throw Failure.usage("a setting is one line; `--unset KEY` takes it out").thrown();
    }
    return value;
  }

  private static String known(String key) {
    if (Config.isKnown(key)) {
      return key;
    }
    var all = "settings are " + String.join(", ", Config.keys());
    var message = "there is no setting `" + key + "`";
    throw Names.nearest(key, Config.keys())
        .map(near -> Failure.usage(message, "did you mean `" + near + "`?", all))
        .orElseGet(() -> Failure.usage(message, all))
        .thrown();
  }

  private static void list(Session session) {
    var home = session.shell().home();
    var config = Config.read(home);
    var table = new Table("SETTING", "VALUE", "MEANING");
    for (var setting : Config.SETTINGS) {
      var value = config.get(setting.key()).orElseGet(() -> usual(setting, session) + " (not set)");
      table.row(Cell.of(setting.key()), Cell.of(value), Cell.of(setting.meaning()));
    }
    table.print(session.out(), session.shell().columns());
    session
        .err()
        .println(
            "in "
                + home.config()
                + (Files.exists(home.config()) ? "" : ", which is not there yet"));
  }

  /** What holds here where nothing is set: a Pod has another place to run than a machine. */
  private static String usual(Setting setting, Session session) {
    return setting.key().equals(Config.BACKEND)
        ? new UsualBackend(session.shell().environment()).get()
        : setting.usual();
  }

  private static int generate(Session session) {
    var home = session.shell().home();
    if (Files.exists(home.config())) {
      throw Failure.usage(home.config() + " is there already", "`ferry config` shows it").thrown();
    }
    var text = new StringBuilder("# Settings of Ferry; take the `#` away to set one.\n");
    for (var setting : Config.SETTINGS) {
      text.append("\n# ")
          .append(setting.meaning())
          .append("\n# ")
          .append(setting.key())
          .append(" = ")
          .append(usual(setting, session))
          .append('\n');
    }
    Config.save(home, text.toString());
    session.err().println("wrote " + home.config());
    return 0;
  }
}
