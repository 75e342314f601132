package ferry.server.mlflow;

import java.util.regex.Pattern;

/** What MLflow allows of names and sizes. */
final class Limits {
  static final int METRICS = 1000;
  static final int PARAMS = 100;
  static final int TAGS = 100;
  static final int ENTITIES = 1000;
  static final int BODY_BYTES = 1_000_000;

  private static final int LONGEST_KEY = 250;
  private static final int LONGEST_PARAM = 6000;
  private static final int LONGEST_TAG = 8000;
  private static final int LONGEST_GROUP_TAG = 20_000;
  private static final int LONGEST_MODEL_TAG = 100_000;
  private static final int LONGEST_GROUP = 500;
  private static final int LONGEST_ALIAS = 255;

  private static final Pattern GOOD_KEY =
      Pattern.compile("[/\\w.\\- :]*", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern GOOD_ALIAS = Pattern.compile("[\\w\\-]+");
  private static final Pattern LIKE_VERSION = Pattern.compile("[vV]\\d+");

  private Limits() {}

  /** A metric's, parameter's or tag's name: one that would be another path is refused. */
  static String key(String what, String key) {
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
    if (isAnotherPath(key)) {
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

  private static boolean isAnotherPath(String key) {
    for (var part : key.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return true;
      }
    }
    return false;
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

  static String modelName(String name) {
    if (name.isBlank() || name.contains("/") || name.contains(":")) {
      throw MlflowProblem.invalid(
          "Registered model name cannot be empty, and holds neither `/` nor `:`; found '"
              + name
              + "'");
    }
    return length("Registered model name", name, LONGEST_KEY);
  }

  static String alias(String alias) {
    boolean isReserved = alias.equalsIgnoreCase("latest") || LIKE_VERSION.matcher(alias).matches();
    if (!GOOD_ALIAS.matcher(alias).matches() || isReserved) {
      throw MlflowProblem.invalid(
          "Invalid alias name: '"
              + alias
              + "'. It holds letters, digits, `_` and `-`; `latest` and"
              + " names like `v1` stand for versions");
    }
    return length("Alias name", alias, LONGEST_ALIAS);
  }

  static void count(String what, int found, int most) {
    if (found > most) {
      throw MlflowProblem.invalid(
          "A batch logging request can contain at most %d %s. Got %d %s. Please split up %s across"
                  .formatted(most, what, found, what, what)
              + " multiple requests and try again.");
    }
  }

  private static String length(String what, String text, int most) {
    if (text.length() > most) {
      throw MlflowProblem.invalid(
          "%s '%s…' had length %d, which exceeded length limit of %d"
              .formatted(what, text.substring(0, 50), text.length(), most));
    }
    return text;
  }
}
