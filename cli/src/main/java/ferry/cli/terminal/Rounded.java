package ferry.cli.terminal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them: six digits that count. */
public final class Rounded {
  private static final MathContext DIGITS = new MathContext(6);

  private Rounded() {}

  /** A number's text rounded; any other text as it is. */
  public static String of(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? of(value) : text;
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static String of(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    var shown = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    double size = Math.abs(value);
    return size >= 1e-4 && size < 1e15
        ? shown.toPlainString()
        : shown.toString().toLowerCase(Locale.ROOT);
  }
}
