package ferry.search.space;

/**
 * How numbers are spelled: the shortest text that reads back as the same number, as Python does.
 */
final class Numbers {
  private static final int PLAIN_FROM = -4;
  private static final int PLAIN_TO = 16;

  private Numbers() {}

  static String text(double value) {
    var text = Double.toString(value);
    if (text.indexOf('E') < 0) {
      return text;
    }
    boolean negative = text.charAt(0) == '-';
    int e = text.indexOf('E');
    int exponent = Integer.parseInt(text.substring(e + 1));
    var digits = text.substring(negative ? 1 : 0, e).replace(".", "");
    digits =
        digits.endsWith("0") && digits.length() > 1
            ? digits.substring(0, digits.length() - 1)
            : digits;
    return (negative ? "-" : "")
        + (exponent >= PLAIN_FROM && exponent < PLAIN_TO
            ? plain(digits, exponent)
            : scientific(digits, exponent));
  }

  private static String plain(String digits, int exponent) {
    if (exponent < 0) {
      return "0." + "0".repeat(-exponent - 1) + digits;
    }
    int whole = exponent + 1;
    return digits.length() <= whole
        ? digits + "0".repeat(whole - digits.length()) + ".0"
        : digits.substring(0, whole) + "." + digits.substring(whole);
  }

  private static String scientific(String digits, int exponent) {
    var fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    var power = Integer.toString(Math.abs(exponent));
    return digits.charAt(0)
        + fraction
        + "e"
        + (exponent < 0 ? "-" : "+")
        + (power.length() < 2 ? "0" : "")
        + power;
  }
}
