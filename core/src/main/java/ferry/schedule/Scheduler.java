package ferry.schedule;

import ferry.error.UserError;
import ferry.error.UserException;
import ferry.run.RunId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Starts the runs of a book's schedules. Whatever happens between a firing and its record, the
 * firing makes one run: the run is named after it, and made again it changes nothing. One change of
 * the book at a time.
 */
public final class Scheduler {
  private final ScheduleBook book;
  private final FiringTimes times;
  private final InstantSource clock;
  private final Firing firing;

  /** Makes the run of a firing. */
  @FunctionalInterface
  public interface Firing {
    /**
     * Makes the run, unless this firing made it before.
     *
     * @throws UserException where it cannot be made; it is tried again where the system is at fault
     */
    RunId fire(Scheduled scheduled, Due due);
  }

  public Scheduler(ScheduleBook book, FiringTimes times, InstantSource clock, Firing firing) {
    this.book = book;
    this.times = times;
    this.clock = clock;
    this.firing = firing;
  }

  /** Schedules by name. */
  public List<Scheduled> all() {
    return book.all();
  }

  public Optional<Scheduled> find(String name) {
    return book.find(name);
  }

  /** When one fires next; nothing for one that is paused or never fires again. */
  public Optional<Instant> next(Scheduled scheduled) {
    if (scheduled.paused()) {
      return Optional.empty();
    }
    return scheduled.isFiredThere()
        ? times.next(scheduled.schedule(), clock.instant())
        : Due.next(scheduled, times);
  }

  /** When we fire anything next. */
  public Optional<Instant> next() {
    return book.all().stream()
        .filter(scheduled -> !scheduled.isFiredThere())
        .flatMap(scheduled -> nextIfKnown(scheduled).stream())
        .min(Instant::compareTo);
  }

  /** Nothing for one that cannot be read: {@link #fireDue} says so. */
  private Optional<Instant> nextIfKnown(Scheduled scheduled) {
    try {
      return next(scheduled);
    } catch (RuntimeException _) {
      return Optional.empty();
    }
  }

  /** Whether we may still have to fire any. */
  public boolean isNeeded() {
    return book.all().stream()
        .anyMatch(scheduled -> !scheduled.paused() && !scheduled.isFiredThere());
  }

  /** Keeps a schedule in place of the one of its name; gives that back. */
  public synchronized Optional<Scheduled> add(Scheduled scheduled) {
    var replaced = book.find(scheduled.name());
    book.keep(scheduled);
    return replaced;
  }

  public synchronized boolean remove(String name) {
    return book.remove(name);
  }

  public Optional<Scheduled> pause(String name) {
    return change(name, Scheduled::pausedNow);
  }

  /** Lets one fire again; what fell into the pause is not made up for. */
  public Optional<Scheduled> goOn(String name) {
    return change(name, scheduled -> scheduled.continued(clock.instant()));
  }

  private synchronized Optional<Scheduled> change(String name, UnaryOperator<Scheduled> change) {
    var changed = book.find(name).map(change);
    changed.ifPresent(book::keep);
    return changed;
  }

  /**
   * Fires all that is due; one schedule that cannot be looked at keeps no other from firing.
   *
   * @throws RuntimeException the first fault, once all have been looked at
   */
  public void fireDue() {
    RuntimeException first = null;
    for (var scheduled : book.all()) {
      try {
        fireDue(scheduled.name());
      } catch (RuntimeException fault) {
        first = first == null ? fault : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** A place fired a schedule by itself; of several firings the newest is remembered. */
  public synchronized void fired(String name, Instant at, RunId run) {
    book.find(name)
        .filter(known -> known.fired().filter(before -> before.isAfter(at)).isEmpty())
        .map(known -> known.firedAt(at, Optional.of(run), Optional.empty()))
        .ifPresent(book::keep);
  }

  private synchronized void fireDue(String name) {
    var scheduled = book.find(name);
    var due = scheduled.flatMap(known -> Due.of(known, clock.instant(), times));
    if (due.isPresent()) {
      var after = fired(scheduled.orElseThrow(), due.get());
      if (!after.equals(scheduled.get())) {
        book.keep(after);
      }
    }
  }

  private Scheduled fired(Scheduled scheduled, Due due) {
    try {
      var run = firing.fire(scheduled, due);
      return scheduled.firedAt(due.at(), Optional.of(run), Optional.empty());
    } catch (UserException e) {
      var problem = Optional.of(e.error().message());
      return e.error().kind() == UserError.Kind.SYSTEM
          ? scheduled.troubled(problem)
          : scheduled.firedAt(due.at(), Optional.empty(), problem);
    }
  }
}
