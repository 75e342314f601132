package ferry.search;

/**
 * A bracket in which a trial pauses at each rung, and the best go on when enough others have come:
 * Determined's older way, {@code stop_once: false}. Of n results {@code n / divisor} are promoted.
 */
final class PromotingBracket extends Bracket {

  PromotingBracket(int rungs, double divisor, long length, int trials, int concurrent) {
    super(rungs, divisor, length, trials, concurrent);
  }

  @Override
  long firstLength() {
    return rungs.getFirst().units();
  }

  @Override
  void reported(Turn turn, Trial trial, double length, double loss) {
    if ((long) length >= rungs.get(rungOf.of(trial.number())).units()) {
      arrived(turn, trial.number(), loss);
    }
  }

  @Override
  void ended(Turn turn, Trial trial) {
    switch (trial.state()) {
      case FINISHED -> arrived(turn, trial.number(), turn.history().goal().loss(trial.last()));
      case FAILED, STOPPED -> stopped(turn, trial);
      case RUNNING, PAUSED, STOPPING, INVALID ->
          throw new IllegalStateException("no end: " + trial);
    }
  }

  /** A trial that was stopped at the top has its result; any other counts as the worst. */
  private void stopped(Turn turn, Trial trial) {
    var top = rungs.getLast().results();
    if (top.stream().noneMatch(result -> result.trial() == trial.number())) {
      arrived(turn, trial.number(), Double.POSITIVE_INFINITY);
    }
  }

  /** A trial has its result at its rung: what goes on because of it, else a new trial. */
  private void arrived(Turn turn, int trial, double loss) {
    int r = rungOf.of(trial);
    if (r == rungs.size() - 1) {
      rungs.get(r).insertAfter(trial, loss, false);
      turn.stop(trial, "it was trained to the end");
      refill(turn);
      return;
    }
    int promoted = promotion(rungs.get(r), trial, loss);
    if (promoted != trial) {
      turn.pause(trial);
    }
    if (promoted == 0) {
      refill(turn);
      return;
    }
    rungOf.put(promoted, r + 1);
    var state = turn.history().trial(promoted).state();
    if (state == Trial.State.FAILED || state == Trial.State.STOPPED) {
      arrived(turn, promoted, Double.POSITIVE_INFINITY);
    } else {
      turn.proceed(promoted, rungs.get(r + 1).units());
    }
  }

  /** The trial that is promoted because of this result; 0 for none. */
  private int promotion(Rung rung, int trial, double loss) {
    int count = rung.results().size();
    int before = (int) (count / divisor);
    int now = (int) ((count + 1) / divisor);
    int at = rung.insertAfter(trial, loss, false);
    if (at < now) {
      rung.promote(at);
      return trial;
    }
    if (now != before && !rung.results().get(before).promoted()) {
      rung.promote(before);
      return rung.results().get(before).trial();
    }
    return 0;
  }

  private void refill(Turn turn) {
    if (hasRoom()) {
      create(turn);
    }
  }
}
