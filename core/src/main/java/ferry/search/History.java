package ferry.search;

import ferry.search.space.Space;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is known so far: what an earlier experiment found, then this search's trials in order. */
final class History {

  private final Space space;
  private final Goal goal;
  private final Strategy strategy;
  private final int earlier;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Trial> trials = new ArrayList<>();
  private int active;
  private int invalid;
  private int failed;
  private int ended;
  private int best = -1;
  private double bestLoss = Double.POSITIVE_INFINITY;

  History(SearchPlan plan) {
    space = plan.space();
    goal = plan.goal();
    strategy = plan.strategy();
    for (var observation : plan.earlier()) {
      double loss = goal.loss(observation.value());
      samples.add(
          new Sample(
              samples.size(),
              space.place(observation.point()),
              Sample.Status.KNOWN,
              loss,
              plan.length().orElse(0)));
    }
    earlier = samples.size();
  }

  Space space() {
    return space;
  }

  Goal goal() {
    return goal;
  }

  /** Everything known, oldest first; trial n stands at {@link #index}. */
  List<Sample> samples() {
    return Collections.unmodifiableList(samples);
  }

  int index(int trial) {
    return earlier + trial - 1;
  }

  /** How many samples are an earlier experiment's. */
  int earlier() {
    return earlier;
  }

  List<Trial> trials() {
    return Collections.unmodifiableList(trials);
  }

  Trial trial(int number) {
    return trials.get(number - 1);
  }

  int created() {
    return trials.size();
  }

  /** Trials that have or wait for a process. */
  int active() {
    return active;
  }

  /** Trials that said that their parameters cannot work. */
  int invalid() {
    return invalid;
  }

  int failed() {
    return failed;
  }

  int ended() {
    return ended;
  }

  /** The number of the best trial so far, 0 where no metric was seen. */
  int best() {
    return best < 0 ? 0 : best + 1;
  }

  void add(Trial trial) {
    trials.add(trial);
    samples.add(sample(trial, space.place(trial.point())));
    count(trial, 1);
    rank(trial);
  }

  void replace(Trial trial) {
    int at = trial.number() - 1;
    count(trials.get(at), -1);
    count(trial, 1);
    trials.set(at, trial);
    int index = earlier + at;
    samples.set(index, sample(trial, samples.get(index).place()));
    rank(trial);
  }

  double loss(Trial trial) {
    return goal.loss(trial.value(strategy));
  }

  private void count(Trial trial, int change) {
    active += trial.state().active() ? change : 0;
    invalid += trial.state() == Trial.State.INVALID ? change : 0;
    failed += trial.state() == Trial.State.FAILED ? change : 0;
    ended += trial.state().ended() ? change : 0;
  }

  private void rank(Trial trial) {
    double loss = rated(trial);
    if (best == trial.number() - 1 && loss > bestLoss) {
      best = -1;
      trials.forEach(this::rankNew);
    } else {
      rankNew(trial);
    }
  }

  private void rankNew(Trial trial) {
    double loss = rated(trial);
    if (best < 0) {
      bestLoss = Double.POSITIVE_INFINITY;
    }
    if (loss < bestLoss) {
      best = trial.number() - 1;
      bestLoss = loss;
    }
  }

  /** Its loss; what failed is worse than anything that did not. */
  private double rated(Trial trial) {
    boolean failed = trial.state() == Trial.State.INVALID || trial.state() == Trial.State.FAILED;
    return failed ? Double.POSITIVE_INFINITY : loss(trial);
  }

  private Sample sample(Trial trial, double[] place) {
    var status =
        switch (trial.state()) {
          case RUNNING -> Sample.Status.PENDING;
          case PAUSED, STOPPING, FINISHED -> Sample.Status.KNOWN;
          case STOPPED -> trial.reports() > 0 ? Sample.Status.KNOWN : Sample.Status.UNKNOWN;
          case FAILED, INVALID -> Sample.Status.KNOWN;
        };
    return new Sample(index(trial.number()), place, status, rated(trial), trial.length());
  }
}
