package ferry.experiment;

import ferry.run.RunId;
import ferry.search.Ending;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;

/**
 * Which runs of trials begin, wait for a place, and are told to end, as the searcher wants it and
 * places allow it.
 */
final class Steering {
  private static final String LONG_ENOUGH = "it has trained as long as it should";

  private final Experiment experiment;
  private final IntToDoubleFunction lengths;
  private final Places places;

  /** Trials that are created and held back while the experiment is paused. */
  private final SortedSet<Integer> held = new TreeSet<>();

  /** Runs that were told to end, by run, and the trials that wait for that. */
  private final Map<RunId, Integer> awaited = new HashMap<>();

  private boolean paused;

  /**
   * No trial yet.
   *
   * @param lengths how much a trial has trained, by its number
   */
  Steering(Experiment experiment, IntToDoubleFunction lengths) {
    this.experiment = experiment;
    this.lengths = lengths;
    this.places = new Places(experiment.search().parallel());
  }

  RunId runOf(TrialProgress progress) {
    return Experiment.run(experiment.id(), progress.number(), progress.continued());
  }

  boolean isPaused() {
    return paused;
  }

  /** From now on nothing begins. */
  void pause() {
    paused = true;
  }

  /** What was held back begins. */
  void proceed(List<TrialProgress> trials, Consequences then) {
    paused = false;
    held.forEach(number -> start(trials.get(number - 1), then));
    held.clear();
  }

  /** Whether a trial is held back. */
  boolean isHeld(int number) {
    return held.contains(number);
  }

  /** Whether a trial is held back, or waits for a process to end. */
  boolean waits(int number) {
    return held.contains(number) || awaited.containsValue(number);
  }

  /** Begins a trial, or its next run, or holds it back. */
  void begin(TrialProgress progress, Consequences then) {
    if (paused) {
      held.add(progress.number());
      then.changed.add(progress.number());
    } else {
      start(progress, then);
    }
  }

  private void start(TrialProgress progress, Consequences then) {
    int continued = progress.continued();
    var own =
        continued == 0
            ? Optional.<RunId>empty()
            : Optional.of(Experiment.run(experiment.id(), progress.number(), continued - 1));
    var before = places.take(runOf(progress), own);
    before
        .filter(one -> !one.isPutAside())
        .ifPresent(one -> awaited.put(one.run(), progress.number()));
    progress.follows(before);
    then.starts.add(progress.launch(experiment));
    then.changed.add(progress.number());
  }

  /** Where it has trained as long as it should it may save what it needs, and ends by itself. */
  void putAside(TrialProgress progress, Consequences then) {
    places.leaves(runOf(progress), true);
    if (isWhole(progress)) {
      progress.mayFinish();
      then.changed.add(progress.number());
    } else {
      stop(progress, "put aside", then);
    }
  }

  /** A trial that never started has ended when it is told to. */
  void end(TrialProgress progress, String why, Instant at, boolean isHalted, Consequences then) {
    places.leaves(runOf(progress), false);
    if (held.contains(progress.number())) {
      progress.stop(why);
      then.events.add(new ExperimentEvent.Ended(at, progress.number(), Ending.STOPPED, why));
    } else if (isWhole(progress) && !isHalted) {
      progress.mayFinish();
    } else {
      stop(progress, why, then);
    }
  }

  private boolean isWhole(TrialProgress progress) {
    var target = progress.target();
    return target.isPresent() && lengths.applyAsDouble(progress.number()) == target.getAsLong();
  }

  /**
   * A trial that was to end and goes on training is ended now, and one that begins again because it
   * failed: as in Determined, what has trained as long as it should is not tried again.
   */
  void trainsOn(TrialProgress progress, String source, OptionalDouble length, Consequences then) {
    if (progress.isFinishing() && progress.isBegunAgain(source)) {
      progress.isFailing();
      stop(progress, "it failed when it had trained as long as it should", then);
    } else if (progress.isFinishing()
        && length.orElse(Double.MAX_VALUE) > progress.target().orElse(0)) {
      stop(progress, LONG_ENOUGH, then);
    }
  }

  /** A trial that was told how long to train and trains longer is ended, and has finished. */
  void reported(TrialProgress progress, Consequences then) {
    var target = progress.target();
    double length = lengths.applyAsDouble(progress.number());
    if (target.isPresent() && length > target.getAsLong() && !progress.isStopping()) {
      progress.isOverdue();
      stop(progress, LONG_ENOUGH, then);
    }
  }

  private void stop(TrialProgress progress, String why, Consequences then) {
    progress.stop(why);
    then.stops.put(runOf(progress), why);
    then.changed.add(progress.number());
  }

  /** Its run has ended: whoever waits for that waits no longer. */
  void ended(TrialProgress progress, Consequences then) {
    held.remove(progress.number());
    places.ended(runOf(progress));
    Optional.ofNullable(awaited.remove(runOf(progress))).ifPresent(next -> then.changed.add(next));
  }
}
