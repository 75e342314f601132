package ferry.submission;

import ferry.backend.Plan;
import ferry.backend.Timetable;
import ferry.error.UserException;
import ferry.run.RunId;
import ferry.schedule.Scheduled;
import ferry.schedule.Scheduler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The runs that places began by themselves, by schedules that they fire. Whatever is found there is
 * submitted as a run, once: it is named after what the place made, which is followed and never made
 * again.
 */
public final class FiredRuns {
  private final Scheduler scheduler;
  private final Submissions submissions;
  private final Set<RunId> known = new HashSet<>();

  public FiredRuns(Scheduler scheduler, Submissions submissions) {
    this.scheduler = scheduler;
    this.submissions = submissions;
  }

  /** Whether any schedule is fired by the place where it runs. */
  public boolean mayBeAny() {
    return scheduler.all().stream().anyMatch(Scheduled::isFiredThere);
  }

  /**
   * Takes up what was fired since it looked last.
   *
   * @return why some of it could not be taken up; tried again the next time
   */
  public synchronized List<UserException> look() {
    var troubles = new ArrayList<UserException>();
    for (var scheduled : scheduler.all()) {
      if (scheduled.isFiredThere()) {
        troubles.addAll(look(scheduled));
      }
    }
    return troubles;
  }

  /** The same for one schedule alone. */
  public synchronized List<UserException> look(Scheduled scheduled) {
    var troubles = new ArrayList<UserException>();
    var plan = scheduled.plan();
    try {
      timetable(plan).fired(plan).stream()
          .filter(fired -> !known.contains(fired.id()))
          .forEach(fired -> take(scheduled, fired).ifPresent(troubles::add));
    } catch (UserException trouble) {
      troubles.add(trouble);
    }
    return troubles;
  }

  /** Makes a run of something that was fired; why it cannot. */
  private Optional<UserException> take(Scheduled scheduled, Plan fired) {
    try {
      submissions.submit(fired);
      scheduler.fired(scheduled.name(), fired.submitted(), fired.id());
      known.add(fired.id());
      return Optional.empty();
    } catch (UserException trouble) {
      return Optional.of(trouble);
    }
  }

  private Timetable timetable(Plan plan) {
    return submissions.backend(plan).timetable(plan);
  }
}
