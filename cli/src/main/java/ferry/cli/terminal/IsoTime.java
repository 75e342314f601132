package ferry.cli.terminal;

import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalLong;

/**
 * Times as the server writes them, {@code 2026-11-22T03:04:05.678Z}. Read by hand: the JDK's parser
 * costs a short command more than its request does.
 */
public final class IsoTime {
  private IsoTime() {}

  /** Milliseconds since 1970; empty for anything that is no time in UTC. */
  public static OptionalLong millis(String text) {
    boolean shaped =
        text.length() >= 20
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':'
            && text.endsWith("Z");
    if (!shaped) {
      return OptionalLong.empty();
    }
    long year = number(text, 0, 4);
    long month = number(text, 5, 7);
    long day = number(text, 8, 10);
    long hour = number(text, 11, 13);
    long minute = number(text, 14, 16);
    long second = number(text, 17, 19);
    if (year < 0 || month < 1 || month > 12 || day < 1 || hour < 0 || minute < 0 || second < 0) {
      return OptionalLong.empty();
    }
    long seconds = ((daysFromCivil(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    return OptionalLong.of(seconds * 1000 + fraction(text));
  }

  private static long number(String text, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return Integer.MIN_VALUE;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  private static long fraction(String text) {
    if (text.charAt(19) != '.') {
      return 0;
    }
    long value = 0;
    long unit = 100;
    for (int i = 20; i < text.length() - 1 && unit > 0; i++, unit /= 10) {
      value += (text.charAt(i) - '0') * unit;
    }
    return Math.clamp(value, 0, 999);
  }

  /** Days since 1970-01-01 in the Gregorian calendar; Howard Hinnant's days_from_civil. */
  private static long daysFromCivil(long year, long month, long day) {
    long y = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(y, 400);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }

  /** {@code 2026-11-22 12:04:05}, as the clock on the wall showed it. */
  public static String local(long millis, ZoneId zone) {
    var time = Instant.ofEpochMilli(millis).atZone(zone);
    return time.toLocalDate()
        + " "
        + Words.twoDigits(time.getHour())
        + ":"
        + Words.twoDigits(time.getMinute())
        + ":"
        + Words.twoDigits(time.getSecond());
  }
}
