package ferry.experiment;

import ferry.error.RequestError;
import ferry.error.SystemError;
import ferry.error.UserException;
import ferry.experiment.ExperimentBook.Entry;
import ferry.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Drives the experiments that go on. As the engine of runs does, it takes turns on one thread: take
 * what was asked and told, let the searchers decide, make all of it durable at once, and only then
 * start and stop trials. What dies in between goes on from the record with {@link #recover}.
 */
public final class Experiments {
  /** How long reports wait for a book that could not take them. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Hears of what has become durable, on the loop's own thread: it must not wait. */
  public interface Listener {
    void changed(Entry entry);

    /** Hears that experiments are about to be taken up, before anything of them changes. */
    default void begins() {}

    /** Hears of an experiment that could not be taken up again. */
    default void leftBehind(RunId experiment, RuntimeException why) {}

    /** Hears that it could not take in what it was told: what is durable stays so. */
    default void missed(RunId experiment, RuntimeException why) {}
  }

  private final ExperimentBook book;
  private final TrialRunner runner;
  private final InstantSource clock;
  private final Listener listener;
  private final ExperimentInbox inbox = new ExperimentInbox();
  private final Map<RunId, ActiveExperiment> active = new LinkedHashMap<>();
  private final List<ExperimentWish> postponed = new ArrayList<>();

  /** Those whose state ran ahead of the book when it could not be written. */
  private final Set<RunId> lost = new LinkedHashSet<>();

  private final SetAside aside;

  private Optional<Instant> resumeAt = Optional.empty();
  private volatile int going;

  public Experiments(
      ExperimentBook book, TrialRunner runner, InstantSource clock, Listener listener) {
    this.book = book;
    this.runner = runner;
    this.clock = clock;
    this.listener = listener;
    this.aside = new SetAside(listener::leftBehind);
  }

  /** Takes up every experiment that has not ended. Called once, first. */
  public void recover() {
    listener.begins();
    for (var id : book.unfinished()) {
      try {
        active.put(id, reread(id));
      } catch (RuntimeException unreadable) {
        setAside(id, unreadable);
      }
    }
    going = active.size();
    for (var experiment : active.values()) {
      act(experiment, experiment.state().takenUp());
    }
  }

  private ActiveExperiment reread(RunId id) {
    var experiment = book.experiment(id).orElseThrow();
    var points = book.trials(id, 0, Integer.MAX_VALUE).stream().map(TrialRecord::point).toList();
    return new ActiveExperiment(ExperimentState.of(experiment, book.events(id), points), false);
  }

  /** Takes turns until the thread is interrupted. */
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        turn(await());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<ExperimentWish> await() throws InterruptedException {
    return inbox.await(nextWake().map(wake -> Duration.between(clock.instant(), wake)));
  }

  /** When there is something to do although nobody asks. */
  Optional<Instant> nextWake() {
    var wakes = new ArrayList<Instant>();
    resumeAt.ifPresent(wakes::add);
    active.values().forEach(one -> one.state().deadline().ifPresent(wakes::add));
    return wakes.stream().min(Instant::compareTo);
  }

  /** One turn with all that was asked by now; for those who drive the time themselves. */
  void turn() {
    turn(inbox.takeAll());
  }

  private void turn(List<ExperimentWish> batch) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    postponed.addAll(batch);
    if (resumeAt.isPresent() && now.isBefore(resumeAt.get()) || !rereadLost(now)) {
      return;
    }
    var all = List.copyOf(postponed);
    postponed.clear();
    var granted = new ArrayList<ExperimentWish.Awaited>();
    all.forEach(wish -> guarded(wish, () -> take(wish, now, granted)));
    for (var experiment : List.copyOf(active.values())) {
      contained(experiment.state().id(), () -> experiment.checkBudget(now));
    }
    var changed = active.values().stream().filter(ActiveExperiment::isChanged).toList();
    var entries = changed.stream().map(ActiveExperiment::entry).toList();
    try {
      record(entries, !granted.isEmpty());
    } catch (RuntimeException failure) {
      refuse(changed, granted, failure);
      return;
    }
    for (var experiment : List.copyOf(active.values())) {
      contained(experiment.state().id(), () -> act(experiment, experiment.other()));
    }
    for (var experiment : changed) {
      contained(experiment.state().id(), () -> act(experiment, experiment.settled()));
    }
    entries.forEach(this::tell);
    active.values().removeIf(experiment -> experiment.state().isEnded());
    going = active.size();
    granted.forEach(wish -> wish.answer().complete(null));
  }

  /**
   * What nobody waits for need not wait for the disk: whatever follows from it is recorded later,
   * in the runs' own journal, and after a power cut the later is never there without the earlier.
   */
  private void record(List<Entry> entries, boolean isAwaited) {
    if (!entries.isEmpty() && isAwaited) {
      book.append(entries);
    } else if (!entries.isEmpty()) {
      book.appendSoon(entries);
    }
  }

  /** Nothing of this turn holds: what was is read again, and all reports come once more. */
  private void refuse(
      List<ActiveExperiment> changed,
      List<ExperimentWish.Awaited> granted,
      RuntimeException failure) {
    var why = worded(failure);
    changed.forEach(experiment -> lost.add(experiment.state().id()));
    lost.forEach(active::remove);
    resumeAt = Optional.of(clock.instant().plus(PATIENCE));
    granted.forEach(wish -> wish.answer().completeExceptionally(why));
  }

  /** Whether nothing is lost any more. */
  private boolean rereadLost(Instant now) {
    resumeAt = Optional.empty();
    try {
      for (var id : List.copyOf(lost)) {
        if (book.experiment(id).isPresent()) {
          var again = reread(id);
          active.put(id, again);
          act(again, again.state().takenUp());
        }
        lost.remove(id);
      }
      return true;
    } catch (RuntimeException unreadable) {
      resumeAt = Optional.of(now.plus(PATIENCE));
      return false;
    }
  }

  private static UserException worded(RuntimeException failure) {
    return failure instanceof UserException known
        ? known
        : new SystemError.Unavailable(
                "nothing could be recorded: " + failure.getMessage(), List.of())
            .thrown();
  }

  /** What is wrong with one experiment must not end the others. */
  private void guarded(ExperimentWish wish, Runnable taking) {
    try {
      taking.run();
    } catch (RuntimeException fault) {
      setAside(wish.experiment(), fault);
      if (wish instanceof ExperimentWish.Awaited awaited) {
        awaited.answer().completeExceptionally(fault);
      }
    }
  }

  private void contained(RunId id, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException fault) {
      setAside(id, fault);
    }
  }

  /** A listener's own fault is no fault of the experiment, which goes on. */
  private void tell(Entry entry) {
    try {
      listener.changed(entry);
    } catch (RuntimeException fault) {
      listener.missed(entry.after().id(), fault);
    }
  }

  private void setAside(RunId id, RuntimeException fault) {
    active.remove(id);
    aside.add(id, fault);
  }

  private void take(ExperimentWish wish, Instant now, List<ExperimentWish.Awaited> granted) {
    var experiment = active.get(wish.experiment());
    if (wish instanceof ExperimentWish.Awaited) {
      aside.refuse(wish.experiment());
    }
    switch (wish) {
      case ExperimentWish.Begin begin -> begin(begin, now);
      case ExperimentWish.Seen seen when experiment != null -> experiment.seen(seen, now);
      case ExperimentWish.Waits waits when experiment != null -> experiment.waits(waits, now);
      case ExperimentWish.Wrote wrote when experiment != null -> experiment.wrote(wrote, now);
      case ExperimentWish.TrialEnded ended when experiment != null -> experiment.ended(ended, now);
      case ExperimentWish.Stop stop when experiment != null ->
          experiment.happened(new ExperimentEvent.Halted(now, stop.why(), true));
      case ExperimentWish.Pause _ when experiment != null && !experiment.state().isPaused() ->
          experiment.happened(new ExperimentEvent.Paused(now));
      case ExperimentWish.Proceed _ when experiment != null && experiment.state().isPaused() ->
          experiment.happened(new ExperimentEvent.Continued(now));
      case ExperimentWish.Seen _,
          ExperimentWish.Waits _,
          ExperimentWish.Wrote _,
          ExperimentWish.TrialEnded _,
          ExperimentWish.Stop _,
          ExperimentWish.Pause _,
          ExperimentWish.Proceed _ -> {} // it has ended, or is so already
    }
    if (wish instanceof ExperimentWish.Awaited awaited) {
      granted.add(awaited);
    }
  }

  private void begin(ExperimentWish.Begin begin, Instant now) {
    if (!active.containsKey(begin.experiment())) {
      var state = new ActiveExperiment(new ExperimentState(begin.plan()), true);
      active.put(begin.experiment(), state);
      state.happened(new ExperimentEvent.Begun(now));
    }
  }

  private void act(ActiveExperiment experiment, Consequences then) {
    then.starts.forEach(launch -> runner.start(experiment.state().experiment(), launch));
    then.stops.forEach(runner::stop);
    then.saving.forEach(runner::stopOnceSaved);
  }

  /**
   * Begins a search; it is durable when this returns. One that is known already goes on.
   *
   * @throws UserException where the id is taken by another, or nothing can be recorded
   */
  public void begin(Experiment experiment) {
    var known = book.experiment(experiment.id());
    if (known.isPresent()) {
      if (!known.get().template().digest().equals(experiment.template().digest())) {
        throw new RequestError.IdTaken(experiment.id().value()).thrown();
      }
      return;
    }
    inbox.await(new ExperimentWish.Begin(experiment, new CompletableFuture<>()));
  }

  /** Ends a search and its trials; one that has ended stays as it is. */
  public void stop(RunId experiment, String why) {
    inbox.await(new ExperimentWish.Stop(experiment, why, new CompletableFuture<>()));
  }

  /** Lets nothing new start; what runs goes on. */
  public void pause(RunId experiment) {
    inbox.await(new ExperimentWish.Pause(experiment, new CompletableFuture<>()));
  }

  /** Lets a paused search go on. */
  public void proceed(RunId experiment) {
    inbox.await(new ExperimentWish.Proceed(experiment, new CompletableFuture<>()));
  }

  /** Where is told what becomes of trials. */
  public TrialRunner.Reports reports() {
    return inbox;
  }

  /** Whether no experiment is under way. */
  public boolean isIdle() {
    return going == 0 && inbox.isEmpty();
  }

  /** Adds a wish to those of the next turn, without waiting for its answer. */
  void put(ExperimentWish wish) {
    inbox.put(wish);
  }
}
