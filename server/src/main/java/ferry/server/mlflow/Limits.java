package ferry.server.mlflow;

import ferry.registry.Alias;
import ferry.tracking.Key;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What MLflow allows of names and sizes. */
final class Limits {
  static final int METRICS = 1000;
  static final int PARAMS = 100;
  static final int TAGS = 100;
  static final int ENTITIES = 1000;
  static final int BODY_BYTES = 1_000_000;

  /** The year 9999. */
  static final long MOST_MILLIS = 253_402_300_799_999L;

  /** So many characters of what was sent an answer repeats. */
  private static final int MOST_SHOWN = 100;

  private static final int LONGEST_KEY = Key.LONGEST;
  private static final int LONGEST_PARAM = 6000;
  private static final int LONGEST_TAG = 8000;
  private static final int LONGEST_GROUP_TAG = 20_000;
  private static final int LONGEST_MODEL_TAG = 100_000;
  private static final int LONGEST_GROUP = 500;
  private static final int LONGEST_RUN = 250;
  private static final int LONGEST_USER = 256;
  private static final int LONGEST_DESCRIPTION = 5000;
  private static final int LONGEST_LOGGED_MODEL = 500;
  private static final int LONGEST_SOURCE = 500;
  private static final int LONGEST_HISTORY = 1_000_000;

  private static final Pattern GOOD_KEY =
      Pattern.compile("[/\\w.\\- :]*", Pattern.UNICODE_CHARACTER_CLASS);

  private Limits() {}

  /** A metric's, parameter's or tag's name: one that would be another path is refused. */
  static String key(String what, String key) {
    if (isPlainKey(key)) {
      return key;
    }
    if (key.isEmpty()) {
      throw MlflowProblem.invalid(what + " name cannot be empty.");
    }
    length(what + " name", key, LONGEST_KEY);
    if (!GOOD_KEY.matcher(key).matches()) {
      throw MlflowProblem.invalid(
          "Invalid "
              + what
              + " name: '"
              + key
              + "'. Names may only contain alphanumerics, underscores (_), dashes (-), periods"
              + " (.), spaces ( ), colon(:) and slashes (/).");
    }
    if (Key.isAnotherPath(key)) {
      throw MlflowProblem.invalid(
          "Invalid "
              + what
              + " name: '"
              + key
              + "'. Names may be treated as files in certain cases,"
              + " and must not resolve to other names when treated as such.");
    }
    return key;
  }

  /** Whether it surely is a good one, as nearly all are. */
  static boolean isPlainKey(String key) {
    boolean isStart = true;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '/' || c == '.' ? isStart : !isPlain(c)) {
        return false;
      }
      isStart = c == '/';
    }
    return !isStart && key.length() <= LONGEST_KEY;
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '-'
        || c == ' '
        || c == ':';
  }

  static String param(String value) {
    return length("Param value", value, LONGEST_PARAM);
  }

  static String tag(String value) {
    return length("Tag value", value, LONGEST_TAG);
  }

  static String groupTag(String value) {
    return length("Experiment tag value", value, LONGEST_GROUP_TAG);
  }

  static String modelTag(String value) {
    return length("Tag value", value, LONGEST_MODEL_TAG);
  }

  static String groupName(String name) {
    if (name.isBlank()) {
      throw MlflowProblem.invalid("Invalid experiment name: '" + name + "'. It cannot be empty");
    }
    return length("Experiment name", name, LONGEST_GROUP);
  }

  static String runName(String name) {
    return length("Run name", name, LONGEST_RUN);
  }

  static String user(String name) {
    return length("User ID", name, LONGEST_USER);
  }

  static String description(String text) {
    return length("Description", text, LONGEST_DESCRIPTION);
  }

  /** A logged model's name or type. */
  static String loggedModel(String what, String text) {
    return length(what, text, LONGEST_LOGGED_MODEL);
  }

  /** Where a model's version comes from: its files, or a link to its run. */
  static String source(String text) {
    return length("Model version source", text, LONGEST_SOURCE);
  }

  /** What older clients log of models, all of a run in one tag. */
  static String history(String text) {
    if (text.length() > LONGEST_HISTORY) {
      throw MlflowProblem.invalid(
          "The run's models have %d characters with this one; at most %d. Log it to another run"
              .formatted(text.length(), LONGEST_HISTORY));
    }
    return text;
  }

  /** A moment that a client says; none where it says nothing, or 0, as protobuf leaves it out. */
  static Optional<Instant> time(String name, OptionalLong millis) {
    long at = millis.orElse(0);
    if (at < 0 || at > MOST_MILLIS) {
      throw MlflowProblem.invalid(
          "Got invalid " + name + " " + at + "; expected milliseconds since 1970");
    }
    return at == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
  }

  static String modelName(String name) {
    if (name.isBlank() || name.contains("/") || name.contains(":")) {
      throw MlflowProblem.invalid(
          "Registered model name cannot be empty, and holds neither `/` nor `:`; found '"
              + shown(name)
              + "'");
    }
    return length("Registered model name", name, LONGEST_KEY);
  }

  static String alias(String alias) {
    if (!Alias.isGood(alias)) {
      throw MlflowProblem.invalid(
          "Invalid alias name: '" + shown(alias) + "'; expected " + Alias.EXPECTED);
    }
    return alias;
  }

  static void count(String what, int found, int most) {
    if (found > most) {
      throw MlflowProblem.invalid(
          "A batch logging request can contain at most %d %s. Got %d %s. Please split up %s across"
                  .formatted(most, what, found, what, what)
              + " multiple requests and try again.");
    }
  }

  /** The tags that come with something new. */
  static void newTags(int found) {
    if (found > ENTITIES) {
      throw MlflowProblem.invalid(
          "A request can contain at most %d tags. Got %d tags. Set the others one after another"
              .formatted(ENTITIES, found));
    }
  }

  /** The beginning of a text that may be long. */
  static String shown(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }

  static String length(String what, String text, int most) {
    if (text.length() > most) {
      throw MlflowProblem.invalid(
          "%s '%s…' had length %d, which exceeded length limit of %d"
              .formatted(what, text.substring(0, Math.min(50, most)), text.length(), most));
    }
    return text;
  }
}
