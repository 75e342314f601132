package ferry.format;

import ferry.error.DefinitionError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** Processors, memory and durations as people write them. */
final class Amounts {
  private static final Pattern AMOUNT =
      Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)([A-Za-z]*)");
  private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Map<String, Long> BYTES =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("k", 1000L),
          Map.entry("M", 1000_000L),
          Map.entry("G", 1000_000_000L),
          Map.entry("T", 1000_000_000_000L),
          Map.entry("Ki", 1L << 10),
          Map.entry("Mi", 1L << 20),
          Map.entry("Gi", 1L << 30),
          Map.entry("Ti", 1L << 40));

  private Amounts() {}

  static long cpuMillis(String text) {
    var matcher = AMOUNT.matcher(text);
    if (matcher.matches() && (matcher.group(2).isEmpty() || matcher.group(2).equals("m"))) {
      int factor = matcher.group(2).isEmpty() ? 1000 : 1;
      return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor)).longValue();
    }
    throw new DefinitionError.BadValue("cpu", text, "a number of processors like 2, 0.5 or 500m")
        .thrown();
  }

  static long memoryBytes(String text) {
    var matcher = AMOUNT.matcher(text);
    if (matcher.matches() && BYTES.containsKey(matcher.group(2))) {
      var bytes =
          new BigDecimal(matcher.group(1))
              .multiply(BigDecimal.valueOf(BYTES.get(matcher.group(2))));
      return bytes
          .setScale(0, RoundingMode.CEILING)
          .min(BigDecimal.valueOf(Long.MAX_VALUE))
          .longValue();
    }
    throw new DefinitionError.BadValue("memory", text, "a size like 512Mi, 2Gi or 1.5G").thrown();
  }

  static Duration duration(String text) {
    var matcher = PART.matcher(text);
    var sum = Duration.ZERO;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      long count = Long.parseLong(matcher.group(1));
      sum =
          sum.plus(
              switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
              });
      end = matcher.end();
    }
    if (end == 0 || end < text.length()) {
      throw new DefinitionError.BadValue("duration", text, "a duration like 90s, 20m or 1h30m")
          .thrown();
    }
    return sum;
  }
}
