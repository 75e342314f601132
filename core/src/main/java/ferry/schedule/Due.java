package ferry.schedule;

import ferry.workflow.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A firing whose time has come.
 *
 * @param at the instant for which it is scheduled
 * @param missed how many earlier firings it stands in for, to {@link #MOST_COUNTED} at most
 * @param late whether its own instant passed while nobody looked, too
 */
public record Due(Instant at, int missed, boolean late) {
  /** More missed firings than these are not counted, and told as "more than". */
  public static final int MOST_COUNTED = 1000;

  private static final Duration PUNCTUAL = Duration.ofMinutes(2);

  /**
   * The newest firing that is due, if there is one. Firings are counted from the last one that is
   * known, so a clock that was set back brings none of them again.
   */
  public static Optional<Due> of(Scheduled scheduled, Instant now, FiringTimes times) {
    if (scheduled.paused() || scheduled.isFiredThere()) {
      return Optional.empty();
    }
    var schedule = scheduled.schedule();
    var after = after(scheduled);
    int passed = 0;
    var newest = Optional.<Instant>empty();
    var next = times.next(schedule, after);
    while (next.isPresent() && !next.get().isAfter(now) && passed <= MOST_COUNTED) {
      newest = next;
      passed++;
      next = times.next(schedule, next.get());
    }
    if (passed > MOST_COUNTED) {
      newest = Optional.of(newestBefore(schedule, now, newest.orElseThrow(), times));
    }
    int missed = Math.max(0, passed - 1);
    return newest.map(at -> new Due(at, missed, at.plus(PUNCTUAL).isBefore(now)));
  }

  /** When it fires next, whether or not it is paused. */
  public static Optional<Instant> next(Scheduled scheduled, FiringTimes times) {
    return times.next(scheduled.schedule(), after(scheduled));
  }

  private static Instant after(Scheduled scheduled) {
    return scheduled
        .fired()
        .filter(fired -> fired.isAfter(scheduled.since()))
        .orElse(scheduled.since());
  }

  /** Looks back from now, twice as far each time, instead of walking through years of firings. */
  private static Instant newestBefore(
      Schedule schedule, Instant now, Instant known, FiringTimes times) {
    var back = Duration.ofMinutes(1);
    var from = now.minus(back);
    while (from.isAfter(known)
        && times.next(schedule, from).filter(at -> !at.isAfter(now)).isEmpty()) {
      back = back.multipliedBy(2);
      from = now.minus(back);
    }
    var newest = from.isAfter(known) ? from : known;
    var next = times.next(schedule, newest);
    while (next.isPresent() && !next.get().isAfter(now)) {
      newest = next.get();
      next = times.next(schedule, newest);
    }
    return newest;
  }

  /** What a person should know about the run of this firing; nothing where it is on time. */
  public Optional<String> note() {
    if (missed == 0) {
      return late
          ? Optional.of(
              "caught up late: it was due at " + at + ", when nothing was there to start it")
          : Optional.empty();
    }
    var count = missed >= MOST_COUNTED ? "more than " + MOST_COUNTED : "" + missed;
    var others = missed == 1 ? " earlier firing" : " earlier firings";
    return Optional.of(
        "due at "
            + at
            + ", and stands in for "
            + count
            + others
            + " missed while nothing was there to start them");
  }
}
