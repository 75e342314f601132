package ferry.format;

import ferry.error.DefinitionError;
import ferry.schedule.FiringTimes;
import ferry.workflow.Names;
import ferry.workflow.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Checks the schedules of files.
 *
 * @param zone the time zone of schedules that name none
 */
record Schedules(FiringTimes times, ZoneId zone) {

  /** A schedule that can be read and that fires some day. */
  Schedule checked(String cron, ZoneId in) {
    var schedule = new Schedule(cron.strip(), in);
    if (times.next(schedule, Instant.EPOCH).isEmpty()) {
      throw new DefinitionError.BadValue("cron", cron, "a day that comes in some year").thrown();
    }
    return schedule;
  }

  /** A zone by its name in the time zone database. */
  static ZoneId zone(String name) {
    if (ZoneId.getAvailableZoneIds().contains(name)) {
      return ZoneId.of(name);
    }
    var help =
        nearest(name)
            .map(near -> "did you mean `" + near + "`?")
            .orElse("names are like `Europe/Berlin`, `America/New_York` or `UTC`");
    throw new DefinitionError.BadValue(
            Optional.empty(),
            Optional.of("timezone"),
            name,
            "the name of a time zone",
            List.of(help))
        .thrown();
  }

  private static Optional<String> nearest(String name) {
    var zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    var city = "/" + name.strip().replace(' ', '_');
    return zones.stream()
        .filter(
            zone -> zone.regionMatches(true, zone.length() - city.length(), city, 0, city.length()))
        .findFirst()
        .or(() -> name.length() > 100 ? Optional.empty() : Names.nearest(name, zones));
  }
}
