package ferry.workflow;

import ferry.error.DefinitionError;
import ferry.error.UserException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A span of time as people write it: {@code 10s}, {@code 1h30m}, {@code 500ms}, {@code 2d}. */
public final class DurationText {
  private static final String EXPECTED = "a duration like `10s`, `20m`, `1h30m` or `2d`";
  private static final Pattern PART =
      Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)(ms|d|h|m|s)");
  private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");
  private static final Pattern LONG_WORDS =
      Pattern.compile("([0-9.]+)\\s*([a-z]+)\\.?\\s*(?:,|and)?\\s*");
  private static final BigDecimal LONGEST_MILLIS =
      BigDecimal.valueOf(Duration.ofDays(36_500).toMillis());
  private static final List<String> UNITS = List.of("d", "h", "m", "s", "ms");

  private DurationText() {}

  /**
   * Reads a duration: zero to 36,500 days, in whole milliseconds.
   *
   * @param field the key that it is the value of, for errors
   * @throws UserException for anything else, with what was probably meant
   */
  public static Duration parse(String field, String text) {
    var written = text.strip();
    if (written.length() > 100 || !WHOLE.matcher(written).matches()) {
      throw bad(field, text, EXPECTED, meant(written));
    }
    var millis = BigDecimal.ZERO;
    int last = -1;
    for (Matcher part = PART.matcher(written); part.find(); ) {
      int unit = UNITS.indexOf(part.group(2));
      if (unit <= last) {
        throw bad(field, text, "each unit once, the longest first, like `1h30m`", Optional.empty());
      }
      last = unit;
      millis =
          millis.add(
              new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(millis(part.group(2)))));
    }
    if (millis.compareTo(LONGEST_MILLIS) > 0) {
      throw bad(field, text, "at most `36500d`", Optional.empty());
    }
    if (millis.stripTrailingZeros().scale() > 0) {
      throw bad(field, text, "no more than whole milliseconds", Optional.empty());
    }
    return Duration.ofMillis(millis.longValueExact());
  }

  /** The shortest way to write it exactly, to the millisecond: {@code 1h30m}. */
  public static String print(Duration duration) {
    long rest = duration.toMillis();
    if (rest < 0) {
      return "-" + print(duration.negated());
    }
    var out = new StringBuilder();
    for (var unit : UNITS) {
      long count = rest / millis(unit);
      rest %= millis(unit);
      if (count > 0) {
        out.append(count).append(unit);
      }
    }
    return out.isEmpty() ? "0s" : out.toString();
  }

  private static long millis(String unit) {
    return switch (unit) {
      case "d" -> 86_400_000;
      case "h" -> 3_600_000;
      case "m" -> 60_000;
      case "s" -> 1_000;
      default -> 1;
    };
  }

  private static Optional<String> meant(String text) {
    if (text.length() > 40) {
      return Optional.empty();
    }
    if (text.matches("[0-9]+(\\.[0-9]+)?")) {
      return Optional.of(text + "s");
    }
    var meant = new StringBuilder();
    var words = LONG_WORDS.matcher(text.toLowerCase(Locale.ROOT));
    int end = 0;
    while (words.find() && words.start() == end) {
      end = words.end();
      var unit = unit(words.group(2));
      meant.append(words.group(1)).append(unit.orElse("?"));
    }
    boolean good = end == text.length() && WHOLE.matcher(meant).matches();
    return good ? Optional.of(meant.toString()) : Optional.empty();
  }

  private static Optional<String> unit(String word) {
    return switch (word) {
      case "d", "day", "days" -> Optional.of("d");
      case "h", "hr", "hrs", "hour", "hours" -> Optional.of("h");
      case "m", "min", "mins", "minute", "minutes" -> Optional.of("m");
      case "s", "sec", "secs", "second", "seconds" -> Optional.of("s");
      case "ms", "msec", "millis", "millisecond", "milliseconds" -> Optional.of("ms");
      default -> Optional.empty();
    };
  }

  private static UserException bad(
      String field, String found, String expected, Optional<String> meant) {
    return badValue(field, found, expected, meant);
  }

  /** An error for a value, with what was probably meant. */
  static UserException badValue(
      String field, String found, String expected, Optional<String> meant) {
    var help = meant.map(text -> List.of("did you mean `" + text + "`?")).orElse(List.of());
    return new DefinitionError.BadValue(
            Optional.empty(), Optional.of(field), shown(found), expected, help)
        .thrown();
  }

  private static String shown(String found) {
    return found.length() <= 60 ? found : found.substring(0, found.offsetByCodePoints(0, 50)) + "…";
  }
}
