package ferry.collect;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Numbers as programs print them: {@code 3}, {@code -0.5}, {@code 1e-05}, {@code nan}, {@code inf}.
 */
final class NumberText {
  /** As a part of other patterns; it never goes back over what it took. */
  static final String NUMBER =
      "[+-]?+(?:\\d++(?:\\.\\d*+)?+(?:[eE][+-]?+\\d++)?+|\\.\\d++(?:[eE][+-]?+\\d++)?+"
          + "|(?i:inf(?:inity)?+|nan)(?![A-Za-z]))";

  private static final Pattern WHOLE = Pattern.compile(NUMBER);
  private static final String MAY_FOLLOW = ",;|)]}%'\"";

  private NumberText() {}

  /** A number in a line, and where it ends. */
  record Found(double value, int end) {}

  /** A text that is a number and nothing else. */
  static OptionalDouble parse(String text) {
    return WHOLE.matcher(text).matches() ? OptionalDouble.of(value(text)) : OptionalDouble.empty();
  }

  /** The value of a text that {@link #NUMBER} matched. */
  static double value(String text) {
    var word = text.toLowerCase(Locale.ROOT);
    if (word.endsWith("nan")) {
      return Double.NaN;
    }
    if (word.contains("inf")) {
      return word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.parseDouble(word);
  }

  /**
   * The number that begins at a place, where it is one: {@code 0.3s}, {@code 1.2.3} and {@code
   * 2024-01-01} are none.
   */
  static Optional<Found> at(String line, int from) {
    var matcher = WHOLE.matcher(line).region(from, line.length());
    if (!matcher.lookingAt() || !endsAt(line, matcher.end())) {
      return Optional.empty();
    }
    return Optional.of(new Found(value(matcher.group()), matcher.end()));
  }

  /** Whether what follows lets a number end here. */
  static boolean endsAt(String line, int end) {
    if (end == line.length()) {
      return true;
    }
    char next = line.charAt(end);
    if (next == '.') {
      return end + 1 == line.length() || Character.isWhitespace(line.charAt(end + 1));
    }
    // `0,93` and `1,234.5`: whether the comma parts thousands or decimals, it is neither 0 nor 1
    if (next == ',' && end + 1 < line.length() && Character.isDigit(line.charAt(end + 1))) {
      return false;
    }
    return Character.isWhitespace(next) || MAY_FOLLOW.indexOf(next) >= 0;
  }
}
