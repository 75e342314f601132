package ferry.cli.config;

import ferry.cli.client.Failure;
import ferry.error.DefinitionError;
import ferry.error.UserException;
import ferry.store.PostgresAddress;
import ferry.workflow.DurationText;
import ferry.workflow.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A setting that there is.
 *
 * @param usual what holds where it is not set; may be empty
 * @param meaning a few words
 * @param check what is wrong with a value, if anything is
 */
public record Setting(
    String key, String usual, String meaning, Function<String, Optional<Failure>> check) {
  public static final int MOST_LINES = 1_000_000;

  /** Names that {@code backend} may have. */
  static final List<String> BACKENDS = List.of("argo", "kubernetes", "local");

  private static final Pattern ADDRESS =
      Pattern.compile("https?://[^\\s/]+(/\\S*)?|secret:\\s*\\S+");
  private static final Pattern HOSTS =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?");
  private static final Pattern OBJECT = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  /** A setting that may be any line. */
  Setting(String key, String usual, String meaning) {
    this(key, usual, meaning, _ -> Optional.empty());
  }

  /** One of a few words. */
  static Setting word(String key, String usual, String meaning, List<String> words) {
    var expected = "one of " + String.join(", ", words);
    return new Setting(
        key,
        usual,
        meaning,
        value ->
            words.contains(value)
                ? Optional.empty()
                : wrong(
                    key,
                    value,
                    expected,
                    Names.nearest(value, words).map(near -> "did you mean `" + near + "`?")));
  }

  /** A whole number, both bounds included. */
  static Setting number(String key, String usual, String meaning, long least, long most) {
    var expected = "a whole number, " + least + " to " + most;
    return new Setting(
        key,
        usual,
        meaning,
        value ->
            isNumber(value, least, most)
                ? Optional.empty()
                : wrong(key, value, expected, Optional.of(anew(key, usual))));
  }

  private static boolean isNumber(String value, long least, long most) {
    if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(Character::isDigit)) {
      return false;
    }
    long number = Long.parseLong(value);
    return number >= least && number <= most;
  }

  /** A span of time. */
  static Setting duration(String key, String usual, String meaning) {
    return parsed(key, usual, meaning, value -> DurationText.parse(key, value));
  }

  /** The address of a database, without its password. */
  static Setting database(String key, String meaning) {
    return parsed(
        key,
        "",
        meaning,
        value -> PostgresAddress.parse(value, PostgresAddress.Source.OPEN, Map.of()));
  }

  private static Setting parsed(String key, String usual, String meaning, Consumer<String> parser) {
    return new Setting(
        key,
        usual,
        meaning,
        value -> {
          try {
            parser.accept(value);
            return Optional.empty();
          } catch (UserException e) {
            return Optional.of(worded(key, e));
          }
        });
  }

  private static Failure worded(String key, UserException e) {
    return e.error()
            instanceof DefinitionError.BadValue(var _, var _, var found, var expected, var help)
        ? Failure.usage(message(key, found, expected), help.toArray(String[]::new))
        : Failure.usage(
            "the setting `" + key + "` cannot be this: " + e.error().message(),
            e.error().help().toArray(String[]::new));
  }

  /** Names of hosts, with commas or spaces between them. */
  static Setting hosts(String key, String meaning) {
    var expected = "names of hosts with commas between them, like `hub.example.org, lab:8443`";
    return new Setting(
        key,
        "",
        meaning,
        value ->
            List.of(value.strip().split("[, ]+")).stream()
                .filter(name -> !HOSTS.matcher(name).matches())
                .findFirst()
                .flatMap(name -> wrong(key, name, expected, Optional.empty())));
  }

  /** The name of an object of a cluster. */
  static Setting object(String key, String meaning) {
    var expected = "a name of lower-case letters, digits, `-` and `.`";
    return new Setting(
        key,
        "",
        meaning,
        value ->
            OBJECT.matcher(value).matches()
                ? Optional.empty()
                : wrong(key, value, expected, Optional.empty()));
  }

  /** A text without white space. */
  static Setting solid(String key, String meaning, String expected) {
    return new Setting(
        key,
        "",
        meaning,
        value ->
            value.chars().noneMatch(Character::isWhitespace)
                ? Optional.empty()
                : wrong(key, value, expected, Optional.empty()));
  }

  /** An address of the web, or the name of a secret that is one. */
  static Setting address(String key, String meaning) {
    return new Setting(
        key,
        "",
        meaning,
        value ->
            ADDRESS.matcher(value).matches()
                ? Optional.empty()
                : wrong(
                    key,
                    value,
                    "an address like `https://host/path`, or `secret:NAME`",
                    Optional.empty()));
  }

  private static Optional<Failure> wrong(
      String key, String found, String expected, Optional<String> help) {
    return Optional.of(
        Failure.usage(message(key, found, expected), help.stream().toArray(String[]::new)));
  }

  private static String message(String key, String found, String expected) {
    return "the setting `" + key + "` is `" + found + "`; expected " + expected;
  }

  private static String anew(String key, String usual) {
    return "where nothing is set, it is " + usual + ": `ferry config --unset " + key + "`";
  }
}
