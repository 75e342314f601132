package ferry.experiment;

import ferry.experiment.ExperimentSummary.State;
import ferry.run.RunId;
import ferry.search.Ending;
import ferry.search.SearchAction;
import ferry.search.SearchEvent;
import ferry.search.Searcher;
import ferry.search.Trial;
import ferry.search.space.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What is true of an experiment after its events. The same events give the same state and the same
 * consequences, today and when they are read again. Used by one thread.
 */
final class ExperimentState {
  private final Experiment experiment;
  private final Searcher searcher;
  private final List<TrialProgress> trials = new ArrayList<>();

  /** Trials that are created and held back while the experiment is paused. */
  private final SortedSet<Integer> held = new TreeSet<>();

  private final Map<TrialRecord.State, Integer> tally = new EnumMap<>(TrialRecord.State.class);
  private final List<TrialRecord.State> counted = new ArrayList<>();
  private long events;
  private double units;
  private Instant begun = Instant.EPOCH;
  private Optional<Instant> ended = Optional.empty();
  private Optional<ExperimentEvent.Named> named = Optional.empty();
  private boolean paused;
  private boolean halted;
  private boolean asked;
  private String reason = "";

  /** What the first trial printed in place of the metric. */
  private String unseen = "";

  /**
   * An experiment to which nothing has happened.
   *
   * @throws ferry.error.UserException for a search that cannot be
   */
  ExperimentState(Experiment experiment) {
    this.experiment = experiment;
    this.searcher = new Searcher(experiment.search());
  }

  /**
   * An experiment as its record says that it is.
   *
   * @param points those of its trials, by number, as far as they are known: they need not be found
   *     again
   */
  static ExperimentState of(
      Experiment experiment, List<ExperimentEvent> record, List<Point> points) {
    var state = new ExperimentState(experiment);
    state.searcher.recall(points);
    record.forEach(event -> state.apply(event, new Consequences()));
    state.searcher.recall(List.of());
    state.trials.forEach(trial -> state.count(List.of(trial.number()), _ -> {}));
    return state;
  }

  /** Takes what happened; what follows is added to the consequences. */
  void apply(ExperimentEvent event, Consequences then) {
    events++;
    switch (event) {
      case ExperimentEvent.Begun(var at) -> {
        begun = at;
        search(new SearchEvent.Begun(), at, then);
      }
      case ExperimentEvent.Named next -> named = Optional.of(next);
      case ExperimentEvent.Reported reported -> reported(reported, then);
      case ExperimentEvent.Ended(var at, int trial, var ending, var why) -> {
        trial(trial).ended(at, why);
        boolean isSilent = ending == Ending.FINISHED && !hasReports(trial);
        unseen = isSilent && unseen.isEmpty() ? "trial " + trial + ": " + why : unseen;
        held.remove(trial);
        search(new SearchEvent.Ended(trial, ending), at, then);
        changed(trial, then);
      }
      case ExperimentEvent.Halted(var at, var why, boolean byUser) -> {
        halted = true;
        asked = byUser;
        search(new SearchEvent.Halted(why), at, then);
      }
      case ExperimentEvent.Paused _ -> paused = true;
      case ExperimentEvent.Continued _ -> {
        paused = false;
        held.forEach(number -> start(trial(number), then));
        held.clear();
      }
    }
  }

  private void reported(ExperimentEvent.Reported event, Consequences then) {
    var progress = trial(event.trial());
    progress.reported(event.source(), event.index());
    double before = known(event.trial()).length();
    var told = new SearchEvent.Reported(event.trial(), event.length(), event.value());
    search(told, event.at(), then);
    double now = known(event.trial()).length();
    units += Math.max(0, now - before);
    boolean over = progress.target().isPresent() && now > progress.target().getAsLong();
    if (over && !progress.isStopping()) {
      progress.isOverdue();
      stop(progress, "it has trained as long as it should", then);
    }
    changed(event.trial(), then);
  }

  private void search(SearchEvent event, Instant at, Consequences then) {
    for (var action : searcher.on(event)) {
      switch (action) {
        case SearchAction.Create create -> {
          var progress = new TrialProgress(create, at, parent(create));
          trials.add(progress);
          counted.add(TrialRecord.State.WAITING);
          tally.merge(TrialRecord.State.WAITING, 1, Integer::sum);
          begin(progress, then);
        }
        case SearchAction.Stop(int trial, var why) -> end(trial(trial), why, at, then);
        case SearchAction.Pause(int trial) -> pause(trial(trial), then);
        case SearchAction.Continue(int trial, long length) -> {
          trial(trial).proceed(length);
          begin(trial(trial), then);
        }
        case SearchAction.Finish(var why) -> {
          ended = Optional.of(at);
          reason = why;
        }
      }
    }
  }

  /** The run whose checkpoint a copy of another trial begins with. */
  private Optional<RunId> parent(SearchAction.Create create) {
    return create.parent().isEmpty()
        ? Optional.empty()
        : Optional.of(runOf(trial(create.parent().getAsInt())));
  }

  private RunId runOf(TrialProgress progress) {
    return Experiment.run(experiment.id(), progress.number(), progress.continued());
  }

  /** Where it has trained as long as it should it may save what it needs, and ends by itself. */
  private void pause(TrialProgress progress, Consequences then) {
    if (isWhole(progress)) {
      progress.mayFinish();
      changed(progress.number(), then);
    } else {
      stop(progress, "put aside", then);
    }
  }

  private void begin(TrialProgress progress, Consequences then) {
    if (paused) {
      held.add(progress.number());
      changed(progress.number(), then);
    } else {
      start(progress, then);
    }
  }

  private void start(TrialProgress progress, Consequences then) {
    then.starts.add(progress.launch(experiment));
    changed(progress.number(), then);
  }

  /** A trial that never started has ended when it is told to. */
  private void end(TrialProgress progress, String why, Instant at, Consequences then) {
    if (held.contains(progress.number())) {
      progress.stop(why);
      then.events.add(new ExperimentEvent.Ended(at, progress.number(), Ending.STOPPED, why));
    } else if (isWhole(progress) && !halted) {
      progress.mayFinish();
    } else {
      stop(progress, why, then);
    }
  }

  private boolean isWhole(TrialProgress progress) {
    var target = progress.target();
    double length = known(progress.number()).length();
    return target.isPresent() && length == target.getAsLong();
  }

  /** A trial that was to end and goes on training is ended now. */
  void trainsOn(int number, OptionalDouble length, Consequences then) {
    var progress = trial(number);
    if (progress.isFinishing() && length.orElse(Double.MAX_VALUE) > progress.target().orElse(0)) {
      stop(progress, "it has trained as long as it should", then);
    }
  }

  private void stop(TrialProgress progress, String why, Consequences then) {
    progress.stop(why);
    then.stops.put(runOf(progress), why);
    changed(progress.number(), then);
  }

  private void changed(int trial, Consequences then) {
    then.changed.add(trial);
  }

  /** What is still to be started or taken up when a server begins. */
  Consequences takenUp() {
    var then = new Consequences();
    for (var progress : trials) {
      var state = known(progress.number()).state();
      boolean runs = state == Trial.State.RUNNING || state == Trial.State.STOPPING;
      if (runs && !held.contains(progress.number())) {
        then.starts.add(progress.launch(experiment));
        if (progress.isStopping()) {
          then.stops.put(runOf(progress), "it was told to stop");
        }
      } else if (state == Trial.State.PAUSED) {
        then.stops.put(runOf(progress), "put aside");
      }
    }
    return then;
  }

  TrialProgress trial(int number) {
    return trials.get(number - 1);
  }

  private Trial known(int number) {
    return searcher.trials().get(number - 1);
  }

  /** Whether reports of a trial count: it runs, and this is how often it was gone on with. */
  boolean listensTo(int number, int continued) {
    if (number < 1 || number > trials.size() || ended.isPresent()) {
      return false;
    }
    var state = known(number).state();
    boolean runs = !state.ended() && (state != Trial.State.PAUSED || trial(number).isFinishing());
    return runs && trial(number).continued() == continued && !held.contains(number);
  }

  /** Whether a trial may still report, and is not only to come to its end. */
  boolean isRunning(int number) {
    return known(number).state() == Trial.State.RUNNING;
  }

  boolean hasReports(int number) {
    return known(number).reports() > 0;
  }

  /** Whether it is put aside: its process may still be there, and its end is no news. */
  boolean isPutAside(int number) {
    return known(number).state() == Trial.State.PAUSED;
  }

  Optional<ExperimentEvent.Named> named() {
    return named;
  }

  /** How many events there were. */
  long events() {
    return events;
  }

  boolean isEnded() {
    return ended.isPresent();
  }

  boolean isPaused() {
    return paused;
  }

  /** Why the search is to end now by its budget, if it is. */
  Optional<String> overBudget(Instant now) {
    if (halted || isEnded()) {
      return Optional.empty();
    }
    var budget = experiment.budget();
    if (budget.units().isPresent() && units >= budget.units().getAsLong()) {
      return Optional.of("%,d units of training are used up".formatted(budget.units().getAsLong()));
    }
    return budget
        .time()
        .filter(_ -> !now.isBefore(deadline().orElse(Instant.MAX)))
        .map(_ -> "its time is up");
  }

  /** When its time is up. */
  Optional<Instant> deadline() {
    return halted || isEnded() ? Optional.empty() : experiment.budget().time().map(begun::plus);
  }

  Experiment experiment() {
    return experiment;
  }

  TrialRecord record(int number) {
    return trial(number).record(experiment, known(number), !held.contains(number));
  }

  ExperimentSummary summary() {
    var plan = experiment.search();
    var best = searcher.best().map(Trial::number);
    return new ExperimentSummary(
        experiment.id(),
        experiment.template().workflow().name(),
        state(),
        named.isPresent() || unseen.isEmpty() ? reason : told(),
        named.map(ExperimentEvent.Named::key).orElse(experiment.objective().metric()),
        named.map(ExperimentEvent.Named::form).orElse(""),
        plan.goal(),
        plan.method(),
        plan.trials(),
        tally,
        best.map(OptionalInt::of).orElse(OptionalInt.empty()),
        experiment.template().submitted(),
        ended,
        searcher.progress());
  }

  /** The reason, and what a person must know while no trial told the metric. */
  private String told() {
    return reason.isEmpty() ? unseen : reason + "; " + unseen;
  }

  /** Counts trials that changed, before a summary. */
  void count(Iterable<Integer> changed, Consumer<TrialRecord> records) {
    for (int number : changed) {
      var record = record(number);
      tally.merge(counted.get(number - 1), -1, Integer::sum);
      tally.merge(record.state(), 1, Integer::sum);
      counted.set(number - 1, record.state());
      records.accept(record);
    }
    tally.values().removeIf(count -> count == 0);
  }

  private State state() {
    if (ended.isEmpty()) {
      return paused ? State.PAUSED : State.RUNNING;
    }
    if (asked) {
      return State.STOPPED;
    }
    return searcher.best().isPresent() ? State.SUCCEEDED : State.FAILED;
  }

  RunId id() {
    return experiment.id();
  }
}
