package ferry.workflow;

import ferry.error.UserException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An amount of processor as Kubernetes writes it: {@code 2}, {@code 0.5}, {@code 500m}. */
public final class CpuText {
  private static final String EXPECTED = "an amount of processors like `1`, `0.5` or `500m`";
  private static final Pattern WHOLE = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(m)?");
  private static final Pattern NEARLY =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)\\s*(%|[a-z]+)");

  private CpuText() {}

  /**
   * Reads an amount, in thousandths of a processor.
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
    var millis = new BigDecimal(match.group(1)).scaleByPowerOfTen(match.group(2) == null ? 3 : 0);
    if (millis.stripTrailingZeros().scale() > 0) {
      throw DurationText.badValue(
          field, text, "nothing finer than `1m`, a thousandth", Optional.empty());
    }
    return millis.longValueExact();
  }

  /**
   * Reads an amount that a step asks for: as {@link #parse}, more than none.
   *
   * @throws UserException for nothing at all
   */
  public static long parseAsked(String field, String text) {
    long millis = parse(field, text);
    if (millis == 0) {
      throw DurationText.badValue(field, text, "more than no processor", Optional.empty());
    }
    return millis;
  }

  /** The amount in processors: {@code 0.5}. */
  public static String print(long millis) {
    return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
  }

  private static Optional<String> meant(String text) {
    var match = NEARLY.matcher(text.toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      return text.matches("\\.[0-9]+") ? Optional.of("0" + text) : Optional.empty();
    }
    return switch (match.group(2)) {
      case "%" -> Optional.of(print(new BigDecimal(match.group(1)).movePointRight(1).longValue()));
      case "core", "cores", "cpu", "cpus", "c", "vcpu", "vcpus" -> Optional.of(match.group(1));
      case "millicores", "mcpu", "milli", "millis" -> Optional.of(match.group(1) + "m");
      default -> Optional.empty();
    };
  }
}
