package ferry.cron;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import ferry.error.DefinitionError;
import ferry.error.UserException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cron line of five fields as in crontab(5), apart from any time zone. Where both the day of the
 * month and the day of the week are restricted, a day that fits either fits.
 */
final class CronLine {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
  private static final String WORD = "(?:[0-9]{1,4}|[A-Za-z]{3})";
  private static final String ITEM = "(?:\\*|" + WORD + "(?:-" + WORD + ")?)(?:/[0-9]{1,4})?";

  /** What a field may look like: cron-utils takes more, and fails on some of it. */
  private static final Pattern FIELD = Pattern.compile(ITEM + "(?:," + ITEM + ")*");

  private static final int LONGEST = 500;
  private static final List<Field> FIELDS =
      List.of(
          new Field("a minute", "0 to 59"),
          new Field("an hour", "0 to 23"),
          new Field("a day of the month", "1 to 31"),
          new Field("a month", "1 to 12, or JAN to DEC"),
          new Field("a day of the week", "0 to 7 (0 and 7 are Sunday), or MON to SUN"));
  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  private final ExecutionTime times;
  private final boolean everyHour;

  private record Field(String name, String range) {}

  private CronLine(ExecutionTime times, boolean everyHour) {
    this.times = times;
    this.everyHour = everyHour;
  }

  /**
   * Reads a line.
   *
   * @throws UserException that names the field that cannot be read, and what it may be
   */
  static CronLine parse(String text) {
    var fields = List.of(text.strip().split("\\s+"));
    refuseShape(text, fields);
    if (fields.stream().anyMatch(field -> !FIELD.matcher(field).matches())) {
      throw wrongField(text, fields);
    }
    try {
      var line = PARSER.parse(String.join(" ", fields)).validate();
      return new CronLine(ExecutionTime.forCron(line), fields.get(1).matches("\\*(/1)?"));
    } catch (IllegalArgumentException _) {
      throw wrongField(text, fields);
    }
  }

  /** Whether it fires in every hour, so that it is meant as an interval. */
  boolean everyHour() {
    return everyHour;
  }

  /** The next time strictly after this one, as if clocks never changed. */
  Optional<LocalDateTime> next(LocalDateTime after) {
    return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
  }

  private static void refuseShape(String text, List<String> fields) {
    if (text.length() > LONGEST) {
      throw bad(text.substring(0, 40) + "…", "at most " + LONGEST + " characters", List.of());
    }
    if (NICKNAMES.containsKey(text.strip())) {
      throw bad(text, "five fields", List.of("write `" + NICKNAMES.get(text.strip()) + "`"));
    }
    if (fields.size() != FIELDS.size()) {
      var help =
          List.of(
              "minute, hour, day of the month, month, day of the week: `0 3 * * *` is 3:00 every"
                  + " day");
      throw bad(text, "five fields, not " + (text.isBlank() ? 0 : fields.size()), help);
    }
  }

  /** Reads field by field to find the first that is wrong. */
  private static UserException wrongField(String text, List<String> fields) {
    for (int i = 0; i < FIELDS.size(); i++) {
      var alone = new ArrayList<>(List.of("*", "*", "*", "*", "*"));
      alone.set(i, fields.get(i));
      if (!isGood(fields.get(i), String.join(" ", alone))) {
        return badField(text, FIELDS.get(i), fields.get(i));
      }
    }
    return bad(text, "five fields as in crontab", List.of());
  }

  private static boolean isGood(String field, String line) {
    try {
      return FIELD.matcher(field).matches() && PARSER.parse(line).validate() != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static UserException badField(String text, Field field, String found) {
    var help = List.of("a field is a number, `*`, a range `1-5`, a list `1,15`, or steps `*/10`");
    return bad(text, field.name() + " from " + field.range() + ", not `" + found + "`", help);
  }

  private static UserException bad(String found, String expected, List<String> help) {
    return new DefinitionError.BadValue(
            Optional.empty(), Optional.of("cron"), found, expected, help)
        .thrown();
  }
}
