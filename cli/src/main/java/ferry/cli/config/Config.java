package ferry.cli.config;

import ferry.cli.client.Failure;
import ferry.cli.client.Home;
import ferry.error.DiskTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings in {@code $FERRY_HOME/config}: {@code key = value} a line, {@code #} begins a
 * comment.
 */
public record Config(Map<String, String> values) {

  /** Where runs execute. */
  public static final String BACKEND = "backend";

  /** A webhook's address may be a secret. */
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  public static final List<Setting> SETTINGS =
      List.of(
          Setting.word(
              "access",
              "ReadWriteOnce",
              "how many nodes may mount the claims that are made for runs and searches",
              List.of("ReadWriteOnce", "ReadWriteMany")),
          new Setting(
              "address",
              "",
              "this machine's address that a cluster's Pods reach, from the next server on; in a"
                  + " Pod its own"),
          Setting.word(
              BACKEND, "local", "where runs execute when `--on` does not say", Setting.BACKENDS),
          Setting.number(
              "attempts",
              "100",
              "how many steps may be under way in clusters at one time",
              1,
              999_999),
          new Setting("context", "", "the cluster's name in the kubeconfig"),
          Setting.database(
              "database", "the PostgreSQL database of the server, without its password"),
          Setting.hosts(
              "hosts", "other hosts under which the page may be opened, like a hub's name"),
          Setting.duration("idle", "30m", "how long a server that nobody needs stays"),
          Setting.solid(
              "image",
              "the image of steps in a cluster when `--image` does not say",
              "an image like `python:3.12`"),
          new Setting("kubeconfig", "", "the file that says where the cluster is"),
          Setting.object("namespace", "the cluster's namespace when `--namespace` does not say"),
          new Setting("notify-command", "", "what the shell runs when a run has ended"),
          Setting.address(
              "notify-webhook",
              "an address that is told when a run has ended; secret:NAME for a line of `secrets`"),
          Setting.word(
              "notify-when",
              "ended",
              "failed, or ended: whether it was good or not",
              List.of("ended", "failed")),
          Setting.duration("pending-timeout", "", "how long a step in a cluster may wait to start"),
          Setting.object("queue", "the queue of Kueue that steps in a cluster wait in"),
          Setting.duration("retention", "", "how old ended runs may become; for ever if not set"),
          Setting.object("storage", "the StorageClass of files that steps in a cluster hand on"),
          Setting.number(
              "tail",
              "20",
              "lines of each log with which `logs -f` begins",
              0,
              Setting.MOST_LINES));

  /**
   * An unreadable line, or a value that cannot be, is an error that names it; a file that is not
   * there has no settings.
   */
  public static Config read(Home home) {
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
      var value = text.substring(equals + 1).strip();
      refuseWrong(key, value, home.config() + ", line " + number);
      values.put(key, value);
    }
    return new Config(values);
  }

  /** A setting without a value counts as not set. */
  private static void refuseWrong(String key, String value, String place) {
    var wrong = value.isEmpty() ? Optional.<Failure>empty() : setting(key).check().apply(value);
    if (wrong.isPresent()) {
      var help = new ArrayList<>(wrong.get().help());
      help.add("it stands in " + place + "; `ferry config " + key + " VALUE` sets it anew");
      throw Failure.usage(wrong.get().message(), help.toArray(String[]::new)).thrown();
    }
  }

  /** Refuses a value that the setting cannot have. */
  public static void check(String key, String value) {
    setting(key)
        .check()
        .apply(value)
        .ifPresent(wrong -> {
          throw wrong.thrown();
        });
  }

  private static List<String> lines(Home home) {
    try {
      return Files.readString(home.config()).lines().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      home.refuseUnlessDirectory();
      throw Failure.system(
              "the settings in " + home.config() + " cannot be read: " + DiskTrouble.reason(e),
              "mend or move that file; `ferry config --generate-config` writes a new one")
          .thrown();
    }
  }

  public static boolean isKnown(String key) {
    return keys().contains(key);
  }

  public static List<String> keys() {
    return SETTINGS.stream().map(Setting::key).toList();
  }

  private static Setting setting(String key) {
    return SETTINGS.stream().filter(setting -> setting.key().equals(key)).findFirst().orElseThrow();
  }

  /** What holds where nothing is set. */
  public static String usual(String key) {
    return setting(key).usual();
  }

  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
  }

  /** A setting that is a whole number; it has been checked. */
  public long number(String key) {
    return Long.parseLong(get(key).orElse(usual(key)));
  }

  /**
   * Writes the file anew with one setting changed or, without a value, taken out; comments stay.
   */
  public static void write(Home home, String key, Optional<String> value) {
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

  public static void save(Home home, String text) {
    home.make();
    var draft = home.directory().resolve("config.new");
    try {
      Files.deleteIfExists(draft);
      Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNER));
      Files.writeString(draft, text);
      Files.move(draft, home.config(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Failure.system(
              "the settings cannot be written to " + home.config() + ": " + DiskTrouble.reason(e))
          .thrown();
    }
  }
}
