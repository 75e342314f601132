package ferry.local.launcher;

import java.util.HashMap;
import java.util.Map;

/** Files of {@code key=value} lines: claims, exit records, launchers. */
final class Lines {
  private Lines() {}

  /**
   * The values by key; a last line without its line end is not there yet, and lines without {@code
   * =} do not count.
   */
  static Map<String, String> parse(String text) {
    Map<String, String> values = new HashMap<>();
    int start = 0;
    int end = text.indexOf('\n');
    while (end >= 0) {
      int equals = text.indexOf('=', start);
      if (equals > 0 && equals < end) {
        values.put(text.substring(start, equals), text.substring(equals + 1, end));
      }
      start = end + 1;
      end = text.indexOf('\n', start);
    }
    return values;
  }
}
