package ferry.search;

import java.util.List;
import java.util.OptionalLong;

/** Trains every trial to its end, so many at once. */
final class WholePacer implements Pacer {
  private final int trials;
  private final int atOnce;
  private final OptionalLong length;

  /** So many trials as planned, or fewer where the sampler has only so many points. */
  WholePacer(SearchPlan plan, long points) {
    trials = (int) Math.min(plan.trials(), points);
    atOnce = Math.min(plan.atOnce(), trials);
    length = plan.length();
  }

  @Override
  public void begin(Turn turn) {
    for (int i = 0; i < atOnce; i++) {
      turn.create(length);
    }
  }

  @Override
  public void reported(Turn turn, Trial trial, double at, double loss) {
    if (complete(trial)) {
      turn.stop(trial.number(), "it was trained for " + length.orElse(0));
    }
  }

  /** Whether the trial was trained as long as it should. */
  boolean complete(Trial trial) {
    return length.isPresent() && trial.length() >= length.getAsLong();
  }

  @Override
  public void ended(Turn turn, Trial trial) {
    if (turn.history().created() - turn.history().invalid() < trials) {
      turn.create(length);
    }
  }

  @Override
  public double progress(History history) {
    return (double) (history.ended() - history.invalid()) / trials;
  }

  @Override
  public List<Preview> preview() {
    return List.of(new Preview(trials, length));
  }
}
