package ferry.local.launcher;

import java.util.ArrayList;
import java.util.List;

/** Which texts must not stand in a log: the values of the secret variables of a launch. */
final class Secrets {
  /** Shorter values are not masked: they would mask everything. */
  private static final int SHORTEST = 4;

  private Secrets() {}

  /** The values to be masked, one for each line of a value of several lines. */
  static List<String> of(LaunchRequest request, Environment environment) {
    List<String> values = new ArrayList<>();
    for (String name : request.secrets()) {
      String added = value(name, request.additions().texts());
      addLines(added.isEmpty() ? environment.value(name) : added, values);
    }
    return values;
  }

  /** The value of the variable in such a list of {@code NAME=VALUE}, or an empty text. */
  static String value(String name, String[] entries) {
    for (String entry : entries) {
      if (entry.length() > name.length()
          && entry.charAt(name.length()) == '='
          && entry.startsWith(name)) {
        return entry.substring(name.length() + 1);
      }
    }
    return "";
  }

  private static void addLines(String value, List<String> values) {
    int start = 0;
    while (start <= value.length()) {
      int end = value.indexOf('\n', start);
      end = end < 0 ? value.length() : end;
      String line = value.substring(start, end).strip();
      if (line.length() >= SHORTEST) {
        values.add(line);
      }
      start = end + 1;
    }
  }
}
