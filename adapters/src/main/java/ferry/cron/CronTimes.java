package ferry.cron;

import ferry.schedule.FiringTimes;
import ferry.workflow.Schedule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * The firing times of cron lines. What happens when clocks change is answered as Vixie cron answers
 * it, so that nothing is lost and nothing is done twice:
 *
 * <ul>
 *   <li>A line with fixed hours: a time that clocks skip fires once, at the moment they jump; a
 *       time that comes twice fires the first time only.
 *   <li>A line whose hour is {@code *} is meant as an interval: it fires whenever clocks show a
 *       time that fits, so it goes on through an hour that comes twice, and a skipped time is no
 *       loss.
 * </ul>
 *
 * <p>Unlike in Vixie cron, a line for every second hour, or for every twentieth minute of a fixed
 * hour, has fixed hours here: by its rule such a line would lose what clocks skip.
 */
public final class CronTimes implements FiringTimes {
  private static final int MOST_CHANGES = 10_000;

  @Override
  public Optional<Instant> next(Schedule schedule, Instant after) {
    var line = CronLine.parse(schedule.cron());
    return line.everyHour()
        ? nextInterval(line, schedule.zone(), after)
        : nextFixed(line, schedule.zone(), after);
  }

  /** The instants of local times never go backwards, so the first that is later is the next. */
  private static Optional<Instant> nextFixed(CronLine line, ZoneId zone, Instant after) {
    var local = line.next(LocalDateTime.ofInstant(after, zone));
    while (local.isPresent() && !first(local.get(), zone).isAfter(after)) {
      local = line.next(local.get());
    }
    return local.map(time -> first(time, zone));
  }

  /** The first instant at which clocks show a time, or jump over it. */
  private static Instant first(LocalDateTime time, ZoneId zone) {
    var change = zone.getRules().getTransition(time);
    return change != null && change.isGap()
        ? change.getInstant()
        : time.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }

  /** Looks from one change of the clocks to the next; between them local time runs evenly. */
  private static Optional<Instant> nextInterval(CronLine line, ZoneId zone, Instant after) {
    var from = after;
    for (int i = 0; i < MOST_CHANGES; i++) {
      var offset = zone.getRules().getOffset(from);
      var found = line.next(LocalDateTime.ofInstant(from, offset)).map(t -> t.toInstant(offset));
      var change = zone.getRules().nextTransition(from);
      if (found.isEmpty() || change == null || found.get().isBefore(change.getInstant())) {
        return found;
      }
      if (fits(line, change)) {
        return Optional.of(change.getInstant());
      }
      from = change.getInstant();
    }
    return Optional.empty();
  }

  /** Whether what clocks show right after they change is a time of the line. */
  private static boolean fits(CronLine line, ZoneOffsetTransition change) {
    var shown = change.getDateTimeAfter();
    return line.next(shown.minusNanos(1)).filter(shown::equals).isPresent();
  }
}
