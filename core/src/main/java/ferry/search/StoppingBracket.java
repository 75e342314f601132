package ferry.search;

/**
 * A bracket in which every trial trains on until a rung finds it too weak. The decisions are
 * Determined's: at each rung whose units a report covers, the trial goes on if it is among the best
 * {@code n / divisor} of the n seen there, at least one.
 */
final class StoppingBracket extends Bracket {

  StoppingBracket(int rungs, double divisor, long length, int trials, int concurrent) {
    super(rungs, divisor, length, trials, concurrent);
  }

  @Override
  long firstLength() {
    return rungs.getLast().units();
  }

  @Override
  void reported(Turn turn, Trial trial, double length, double loss) {
    int number = trial.number();
    for (int r = rungOf.of(number); r < rungs.size(); r++) {
      var rung = rungs.get(r);
      rungOf.put(number, r);
      if ((long) length < rung.units()) {
        return;
      }
      int at = rung.insert(number, loss);
      int count = rung.results().size();
      boolean top = r == rungs.size() - 1;
      if (top || at >= Math.max((int) (count / divisor), 1)) {
        turn.stop(number, top ? "it was trained to the end" : words(at, count, rung.units()));
        refill(turn);
        return;
      }
    }
  }

  private static String words(int at, int count, long units) {
    return "it came " + (at + 1) + " of " + count + " after " + units;
  }

  @Override
  void ended(Turn turn, Trial trial) {
    switch (trial.state()) {
      case FINISHED -> refill(turn);
      case FAILED, STOPPED -> stopped(turn, trial);
      case RUNNING, PAUSED, STOPPING, INVALID ->
          throw new IllegalStateException("no end: " + trial);
    }
  }

  /**
   * Trials that this bracket stopped have a result at the rung they were stopped at, also where
   * they failed after that.
   */
  private void stopped(Turn turn, Trial trial) {
    var rung = rungs.get(rungOf.of(trial.number()));
    if (rung.results().stream().noneMatch(result -> result.trial() == trial.number())) {
      rung.insert(trial.number(), Double.POSITIVE_INFINITY);
      refill(turn);
    }
  }

  private void refill(Turn turn) {
    if (hasRoom()) {
      create(turn);
    }
  }
}
