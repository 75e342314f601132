package ferry.engine;

import ferry.run.Outcome;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.Started;
import ferry.run.RunId;
import java.util.List;
import java.util.Map;

/** What may wait for company, so that steps that last milliseconds share a commit. */
final class Gathering {
  /** While more attempts than these are queued, the journal is in no hurry. */
  private static final int ENOUGH = 12;

  private final Map<RunId, ActiveRun> active;

  Gathering(Map<RunId, ActiveRun> active) {
    this.active = active;
  }

  /** Whether there is nothing but news of attempts, and enough others are queued to come next. */
  boolean mayWait(List<Wish> news) {
    int started = 0;
    boolean ended = false;
    for (var wish : news) {
      if (!(wish instanceof Wish.Report(_, var event))) {
        return false;
      }
      boolean succeeded = event instanceof Ended end && end.outcome() instanceof Outcome.Succeeded;
      if (!succeeded && !(event instanceof Started)) {
        return false;
      }
      started += succeeded ? 0 : 1;
      ended |= succeeded;
    }
    return !ended || leastQueued(news) - started > ENOUGH;
  }

  private int leastQueued(List<Wish> news) {
    int least = Integer.MAX_VALUE;
    for (var wish : news) {
      var known = active.get(wish.run());
      least = Math.min(least, known == null ? 0 : known.state().queued());
    }
    return least;
  }
}
