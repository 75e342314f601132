package ferry.schedule;

import ferry.workflow.Schedule;
import java.time.Instant;
import java.util.Optional;

/** Knows when schedules fire. */
public interface FiringTimes {

  /**
   * The first firing strictly after an instant, as clocks in the schedule's zone show it.
   *
   * @return empty where the schedule never fires again, like one for February 30
   * @throws ferry.error.UserException with {@link ferry.error.DefinitionError.BadValue} for a cron
   *     line that cannot be read
   */
  Optional<Instant> next(Schedule schedule, Instant after);
}
