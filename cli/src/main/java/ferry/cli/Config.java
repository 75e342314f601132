package ferry.cli;

import ferry.cli.client.CommandFailed;
import ferry.cli.client.Failure;
import ferry.cli.client.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings in {@code $FERRY_HOME/config}: {@code key = value} a line, {@code #} begins a
 * comment.
 */
record Config(Map<String, String> values) {

  /** A setting that there is. */
  record Setting(String key, String usual, String meaning) {}

  static final List<Setting> SETTINGS =
      List.of(
          new Setting("backend", "local", "where runs execute when `--on` does not say"),
          new Setting("attempts", "100", "how many steps may be under way in clusters at one time"),
          new Setting("context", "", "the cluster's name in the kubeconfig"),
          new Setting(
              "database", "", "the PostgreSQL database of the server, without its password"),
          new Setting(
              "hosts", "", "other hosts under which the page may be opened, like a hub's name"),
          new Setting("idle", "30m", "how long a server that nobody needs stays"),
          new Setting("image", "", "the image of steps in a cluster when `--image` does not say"),
          new Setting("kubeconfig", "", "the file that says where the cluster is"),
          new Setting("namespace", "", "the cluster's namespace when `--namespace` does not say"),
          new Setting("pending-timeout", "", "how long a step in a cluster may wait to start"),
          new Setting("storage", "", "the StorageClass of files that steps in a cluster hand on"),
          new Setting("tail", "20", "lines of each log with which `logs -f` begins"));

  /** An unreadable line is an error that names it; a file that is not there has no settings. */
  static Config read(Home home) {
    var values = new LinkedHashMap<String, String>();
    int number = 0;
    for (var line : lines(home)) {
      number++;
      var text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      int equals = text.indexOf('=');
      var key = equals < 0 ? text : text.substring(0, equals).strip();
      if (equals < 0 || !isKnown(key)) {
        throw Failure.usage(
                "`" + key + "` is no setting",
                "it stands in " + home.config() + ", line " + number,
                "settings are " + String.join(", ", keys()))
            .thrown();
      }
      values.put(key, text.substring(equals + 1).strip());
    }
    return new Config(values);
  }

  private static List<String> lines(Home home) {
    try {
      return Files.readString(home.config()).lines().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw Failure.system(
              "the settings in " + home.config() + " cannot be read: " + Home.reason(e))
          .thrown();
    }
  }

  static boolean isKnown(String key) {
    return keys().contains(key);
  }

  static List<String> keys() {
    return SETTINGS.stream().map(Setting::key).toList();
  }

  /** What holds where nothing is set. */
  static String usual(String key) {
    return SETTINGS.stream()
        .filter(setting -> setting.key().equals(key))
        .map(Setting::usual)
        .findFirst()
        .orElseThrow();
  }

  Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
  }

  /** A setting that is a whole number, both bounds included. */
  long number(String key, long least, long most) {
    var text = get(key).orElse(usual(key));
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw notANumber(key, text, least, most);
    }
    throw notANumber(key, text, least, most);
  }

  private static CommandFailed notANumber(String key, String text, long least, long most) {
    return Failure.usage(
            "the setting `%s` is `%s`; expected a whole number, %d to %d"
                .formatted(key, text, least, most),
            "set it anew: `ferry config " + key + " " + usual(key) + "`")
        .thrown();
  }

  /**
   * Writes the file anew with one setting changed or, without a value, taken out; comments stay.
   */
  static void write(Home home, String key, Optional<String> value) {
    var text = new StringBuilder();
    boolean written = value.isEmpty();
    for (var line : lines(home)) {
      boolean same =
          line.strip().startsWith(key)
              && line.contains("=")
              && line.substring(0, line.indexOf('=')).strip().equals(key);
      if (!same) {
        text.append(line).append('\n');
      } else if (!written) {
        text.append(key).append(" = ").append(value.get()).append('\n');
        written = true;
      }
    }
    if (!written) {
      text.append(key).append(" = ").append(value.get()).append('\n');
    }
    save(home, text.toString());
  }

  static void save(Home home, String text) {
    home.make();
    var draft = home.directory().resolve("config.new");
    try {
      Files.writeString(draft, text);
      Files.move(draft, home.config(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Failure.system(
              "the settings cannot be written to " + home.config() + ": " + Home.reason(e))
          .thrown();
    }
  }
}
