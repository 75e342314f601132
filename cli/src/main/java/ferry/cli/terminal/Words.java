package ferry.cli.terminal;

/** Numbers, durations and sizes as people read them. */
public final class Words {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final String[] SIZES = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Words() {}

  /** {@code 0.4 s}, {@code 12 s}, {@code 2 m 03 s}, {@code 1 h 05 m}, {@code 2 d 04 h}. */
  public static String duration(long millis) {
    long some = Math.max(0, millis);
    if (some < 10 * SECOND) {
      long tenths = some / 100;
      return tenths / 10 + "." + tenths % 10 + " s";
    }
    if (some < MINUTE) {
      return some / SECOND + " s";
    }
    if (some < HOUR) {
      return some / MINUTE + " m " + twoDigits(some % MINUTE / SECOND) + " s";
    }
    if (some < DAY) {
      return some / HOUR + " h " + twoDigits(some % HOUR / MINUTE) + " m";
    }
    return some / DAY + " d " + twoDigits(some % DAY / HOUR) + " h";
  }

  /** {@code just now}, {@code 3 minutes ago}, {@code in 2 hours}; both times in milliseconds. */
  public static String relative(long then, long now) {
    long past = now - then;
    long distance = Math.abs(past);
    if (distance < SECOND * (past >= 0 ? 5 : 1)) {
      return past >= 0 ? "just now" : "now";
    }
    String words =
        distance < MINUTE
            ? count(distance / SECOND, "second")
            : distance < HOUR
                ? count(distance / MINUTE, "minute")
                : distance < 2 * DAY
                    ? count(distance / HOUR, "hour")
                    : count(distance / DAY, "day");
    return past >= 0 ? words + " ago" : "in " + words;
  }

  /** {@code 512 MiB}, {@code 1.4 GiB}. */
  public static String bytes(long bytes) {
    double left = bytes;
    int unit = 0;
    while (left >= 1024 && unit < SIZES.length - 1) {
      left /= 1024;
      unit++;
    }
    long tenths = Math.round(left * 10);
    boolean whole = unit == 0 || tenths >= 100 || tenths % 10 == 0;
    return (whole ? Math.round(left) + "" : tenths / 10 + "." + tenths % 10) + " " + SIZES[unit];
  }

  /** {@code 1 step}, {@code 1,000 steps}. */
  public static String count(long number, String noun) {
    return grouped(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code 1,000}. */
  public static String grouped(long number) {
    var digits = new StringBuilder().append(number);
    for (int i = digits.length() - 3; i > (number < 0 ? 1 : 0); i -= 3) {
      digits.insert(i, ',');
    }
    return digits.toString();
  }

  static String twoDigits(long number) {
    return number < 10 ? "0" + number : "" + number;
  }
}
