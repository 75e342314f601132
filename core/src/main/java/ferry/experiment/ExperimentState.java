package ferry.experiment;

import ferry.backend.Labels;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is true of an experiment after its events. The same events give the same state and the same
 * consequences, today and when they are read again. Used by one thread.
 */
final class ExperimentState {
  private final Experiment experiment;
  private final Searcher searcher;
  private final List<TrialProgress> trials = new ArrayList<>();
  private final TrialTally tally = new TrialTally();
  private final Steering steering;
  private final Spending spending;
  private final ExperimentNotes notes = new ExperimentNotes();
  private final UnseenUnit unit;

  private long events;
  private Optional<Instant> ended = Optional.empty();
  private Optional<ExperimentEvent.Named> named = Optional.empty();
  private boolean halted;
  private boolean asked;
  private String reason = "";

  /**
   * An experiment to which nothing has happened.
   *
   * @throws ferry.error.UserException for a search that cannot be
   */
  ExperimentState(Experiment experiment) {
    this.experiment = experiment;
    this.searcher = new Searcher(experiment.search());
    this.steering = new Steering(experiment, number -> known(number).length());
    this.spending = new Spending(experiment.budget());
    this.unit = new UnseenUnit(experiment.objective());
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
        spending.begins(at);
        search(new SearchEvent.Begun(), at, then);
      }
      case ExperimentEvent.Named next -> named = Optional.of(next);
      case ExperimentEvent.Reported reported -> reported(reported, then);
      case ExperimentEvent.Waits(_, int trial, var why) -> {
        notes.waits(trial, why);
        changed(trial, then);
      }
      case ExperimentEvent.Wrote(_, int trial, var path) -> notes.wrote(trial, path);
      case ExperimentEvent.Ended ended -> ended(ended, then);
      case ExperimentEvent.Halted(var at, var why, boolean byUser) -> {
        halted = true;
        asked = byUser;
        search(new SearchEvent.Halted(why), at, then);
      }
      case ExperimentEvent.Paused _ -> steering.pause();
      case ExperimentEvent.Continued _ -> steering.proceed(trials, then);
    }
  }

  private void reported(ExperimentEvent.Reported event, Consequences then) {
    var progress = trial(event.trial());
    progress.reported(event);
    unit.reported(event.length().isPresent());
    double before = known(event.trial()).length();
    var told =
        new SearchEvent.Reported(event.trial(), event.length(), event.value(), event.count());
    search(told, event.at(), then);
    trained(event.trial(), before);
    steering.reported(progress, then);
    changed(event.trial(), then);
  }

  private void ended(ExperimentEvent.Ended event, Consequences then) {
    int number = event.trial();
    notes.waits(number, "");
    trial(number).ended(event.at(), event.reason());
    if (hasReports(number)) {
      unit.ended();
    } else if (event.ending() == Ending.FINISHED) {
      notes.isSilent(number, event.reason());
    }
    steering.ended(trial(number), then);
    double before = known(number).length();
    search(new SearchEvent.Ended(number, event.ending()), event.at(), then);
    trained(number, before);
    changed(number, then);
  }

  private void search(SearchEvent event, Instant at, Consequences then) {
    for (var action : searcher.on(event)) {
      switch (action) {
        case SearchAction.Create create -> {
          var progress =
              new TrialProgress(create, at, parent(create), counting(create), inherited(create));
          trials.add(progress);
          tally.add();
          steering.begin(progress, then);
        }
        case SearchAction.Stop(int trial, var why) ->
            steering.end(trial(trial), why, at, halted, then);
        case SearchAction.Pause(int trial) -> steering.putAside(trial(trial), then);
        case SearchAction.Continue(int trial, long length) -> {
          trial(trial).proceed(length);
          steering.begin(trial(trial), then);
        }
        case SearchAction.Finish(var why) -> {
          ended = Optional.of(at);
          reason = why;
          endPutAside(then);
        }
      }
    }
  }

  /** Nobody will go on with them any more. */
  private void endPutAside(Consequences then) {
    long whole = trials.stream().mapToLong(one -> one.target().orElse(0)).max().orElse(0);
    for (var trial : trials) {
      if (known(trial.number()).state() == Trial.State.PAUSED) {
        trial.isLeft(trial.target().orElse(0) >= whole);
        changed(trial.number(), then);
      }
    }
  }

  /** The run whose checkpoint a copy of another trial begins with. */
  private Optional<RunId> parent(SearchAction.Create create) {
    return create.parent().isEmpty()
        ? Optional.empty()
        : Optional.of(steering.runOf(trial(create.parent().getAsInt())));
  }

  /** A copy that is told how long to train goes on where its parent stood. */
  private double inherited(SearchAction.Create create) {
    return create.parent().isEmpty() || create.length().isEmpty()
        ? 0
        : known(create.parent().getAsInt()).length();
  }

  /** A command that is told its length in a parameter trains all of it anew. */
  private void trained(int number, double before) {
    double now = known(number).length();
    boolean isAnew = experiment.search().lengthParameter().isPresent();
    if (now > before) {
      spending.trained(isAnew ? 0 : Math.max(before, trial(number).inherited()), now);
    }
  }

  /** A copy goes on where its parent stood, and counts as that one does. */
  private Counting counting(SearchAction.Create create) {
    return create.parent().isEmpty()
        ? new Counting()
        : trial(create.parent().getAsInt()).counting();
  }

  /** A trial that was to end and goes on training, or begins again, is ended now. */
  void trainsOn(int number, String source, OptionalDouble length, Consequences then) {
    steering.trainsOn(trial(number), source, length, then);
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
      if (runs && !steering.isHeld(progress.number())) {
        then.starts.add(progress.launch(experiment));
        if (progress.isStopping()) {
          then.stops.put(steering.runOf(progress), "it was told to stop");
        }
      } else if (state == Trial.State.PAUSED) {
        var stops = progress.isFinishing() ? then.saving : then.stops;
        stops.put(steering.runOf(progress), "put aside");
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
    return runs && trial(number).continued() == continued && !steering.isHeld(number);
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

  /** Whether it is known that a trial cannot be started now. */
  boolean isDelayed(int number) {
    return notes.delay(number).isPresent();
  }

  /** Whether it is news that something was written behind a link of that path. */
  boolean isNews(String path) {
    return notes.isNews(path);
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
    return steering.isPaused();
  }

  /** Why the search is to end now by its budget, if it is. */
  Optional<String> overBudget(Instant now) {
    return halted || isEnded() ? Optional.empty() : spending.usedUp(now);
  }

  /** When its time is up. */
  Optional<Instant> deadline() {
    return halted || isEnded() ? Optional.empty() : spending.deadline();
  }

  Experiment experiment() {
    return experiment;
  }

  TrialRecord record(int number) {
    var delay = notes.delay(number);
    boolean started = !steering.waits(number) && delay.isEmpty();
    var record = trial(number).record(experiment, known(number), started);
    return record.reason().isEmpty() && delay.isPresent() ? record.because(delay.get()) : record;
  }

  ExperimentSummary summary() {
    var plan = experiment.search();
    var best = searcher.best().map(Trial::number);
    return new ExperimentSummary(
        experiment.id(),
        experiment.template().workflow().name(),
        state(),
        told(),
        Stream.concat(unit.words().stream(), notes.words().stream()).toList(),
        named.map(ExperimentEvent.Named::key).orElse(experiment.objective().metric()),
        named.map(ExperimentEvent.Named::form).orElse(""),
        plan.goal(),
        plan.method(),
        plan.trials(),
        tally.counts(),
        best.map(OptionalInt::of).orElse(OptionalInt.empty()),
        experiment.template().submitted(),
        ended,
        searcher.progress(),
        Labels.of(experiment.template()));
  }

  /** The reason, and what a person must know while no trial told the metric. */
  private String told() {
    var unseen = named.isPresent() ? "" : notes.unseen();
    return reason.isEmpty() || unseen.isEmpty() ? reason + unseen : reason + "; " + unseen;
  }

  /** Counts trials that changed, before a summary. */
  void count(Iterable<Integer> changed, Consumer<TrialRecord> records) {
    for (int number : changed) {
      var record = record(number);
      tally.set(number, record.state());
      records.accept(record);
    }
  }

  private State state() {
    if (ended.isEmpty()) {
      return isPaused() ? State.PAUSED : State.RUNNING;
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
