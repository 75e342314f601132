package ferry.workflow;

import ferry.error.UserException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An amount of memory as Kubernetes writes it: {@code 1Gi} is 1,024³ bytes, {@code 1G} a milliard,
 * a bare number bytes.
 */
public final class MemoryText {
  private static final String EXPECTED = "an amount of memory like `512Mi`, `2Gi` or `1.5G`";
  private static final Pattern WHOLE =
      Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,9})?)(?:([KMGTPE]i|[kMGTPE])|[eE]([0-9]{1,2}))?");
  private static final Pattern NEARLY =
      Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,9})?)\\s*([kmgtpe])?(i)?(b|byte|bytes)?");
  private static final List<String> UNITS = List.of("E", "P", "T", "G", "M", "k");

  private static final long LEAST_ASKED = 1 << 20;

  private MemoryText() {}

  /**
   * Reads an amount, in bytes: zero to 2⁶³ − 1; a part of a byte counts as one.
   *
   * @param field the key that it is the value of, for errors
   * @throws UserException for anything else, with what was probably meant
   */
  public static long parse(String field, String text) {
    var written = text.strip();
    var match = WHOLE.matcher(written);
    if (!match.matches()) {
      throw DurationText.badValue(field, text, EXPECTED, meant(written));
    }
    var amount = new BigDecimal(match.group(1));
    if (match.group(2) != null) {
      amount = amount.multiply(factor(match.group(2)));
    } else if (match.group(3) != null) {
      amount = amount.scaleByPowerOfTen(Integer.parseInt(match.group(3)));
    }
    var bytes = amount.setScale(0, RoundingMode.CEILING);
    if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw DurationText.badValue(field, text, "less than `8Ei`", Optional.empty());
    }
    return bytes.longValueExact();
  }

  /**
   * Reads an amount that a step asks for: as {@link #parse}, at least 1 MiB.
   *
   * @throws UserException for less, which is nearly always a unit forgotten
   */
  public static long parseAsked(String field, String text) {
    long bytes = parse(field, text);
    if (bytes < LEAST_ASKED) {
      boolean isPlain = text.strip().chars().allMatch(Character::isDigit) && bytes > 0;
      throw DurationText.badValue(
          field,
          text,
          "at least `1Mi`",
          isPlain ? Optional.of(text.strip() + "Mi") : Optional.empty());
    }
    return bytes;
  }

  /** The shortest way to write the amount exactly, with at most two decimals: {@code 1.5Gi}. */
  public static String print(long bytes) {
    var amount = BigDecimal.valueOf(bytes);
    var shortest = Long.toString(bytes);
    for (var unit : List.of("Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "k", "M", "G", "T", "P", "E")) {
      var scaled = amount.divide(factor(unit), 2, RoundingMode.DOWN).stripTrailingZeros();
      var text = scaled.toPlainString() + unit;
      boolean exact = scaled.multiply(factor(unit)).compareTo(amount) == 0;
      if (exact && text.length() < shortest.length()) {
        shortest = text;
      }
    }
    return shortest;
  }

  /** The amount to three digits, for reading: {@code 118Mi}. */
  public static String about(long bytes) {
    var amount = BigDecimal.valueOf(bytes);
    for (var unit : UNITS) {
      var name = unit.equals("k") ? "Ki" : unit + "i";
      if (amount.compareTo(factor(name)) >= 0) {
        var scaled = amount.divide(factor(name), 10, RoundingMode.HALF_UP);
        int decimals = Math.max(0, 3 - (scaled.precision() - scaled.scale()));
        return scaled.setScale(decimals, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString()
            + name;
      }
    }
    return Long.toString(bytes);
  }

  private static BigDecimal factor(String unit) {
    int power = "kMGTPE".indexOf(unit.charAt(0) == 'K' ? 'k' : unit.charAt(0)) + 1;
    return BigDecimal.valueOf(unit.endsWith("i") ? 1_024 : 1_000).pow(power);
  }

  private static Optional<String> meant(String text) {
    var match = NEARLY.matcher(text.toLowerCase(Locale.ROOT));
    if (text.length() > 40 || !match.matches()) {
      return Optional.empty();
    }
    boolean binary = match.group(3) != null;
    var letter = match.group(2) == null ? "" : match.group(2);
    var unit = letter.equals("k") && !binary ? "k" : letter.toUpperCase(Locale.ROOT);
    return unit.isEmpty() && binary
        ? Optional.empty()
        : Optional.of(match.group(1) + unit + (binary ? "i" : ""));
  }
}
