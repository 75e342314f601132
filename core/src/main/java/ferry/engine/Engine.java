package ferry.engine;

import ferry.backend.Backend;
import ferry.backend.GivenSecrets;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.backend.Timetable;
import ferry.error.SystemError;
import ferry.error.UserException;
import ferry.run.AttemptId;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.StepEvent;
import ferry.run.RunId;
import ferry.run.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Walks runs step by step, each over the {@link Launcher} of its backend. Everything is decided in
 * turns on one thread: take what was asked and reported, decide, make the decisions durable in the
 * {@link Journal} at once, and only then act on them. An engine that dies between two of these goes
 * on from the journal with {@link #recover}.
 */
public final class Engine implements Backend, Launcher.Reports {
  /** How long reports wait for a journal that could not take them. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /** It looks at the clock so often where it waits for a time, for clocks are set. */
  private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

  private static final String AGAIN = "ask again: the next command starts another server";

  private final Journal journal;
  private final Launchers launchers;
  private final InstantSource clock;
  private final RunListener listener;
  private final Inbox inbox = new Inbox();
  private final Map<RunId, ActiveRun> active = new LinkedHashMap<>();
  private final Gathering gathering = new Gathering(active);
  private final Audience audience;
  private final List<Wish> postponed = new ArrayList<>();
  private final Aside aside = new Aside();
  private final Set<RunId> removing = new HashSet<>();
  private Instant resumeAt = Instant.MIN;
  private Instant turnedAt = Instant.MIN;
  private Rooms rooms;
  private volatile int activeRuns;
  private volatile Optional<UserException> trouble = Optional.empty();
  private List<Wish> inHand = List.of();
  private boolean unsettled;

  /**
   * An engine over some places.
   *
   * @param launchers by the name of the backend that each of them is
   */
  public Engine(
      Journal journal, Map<String, Launcher> launchers, InstantSource clock, RunListener listener) {
    this.journal = journal;
    this.launchers = new Launchers(launchers);
    this.clock = clock;
    this.listener = listener;
    this.audience = new Audience(journal, listener);
    this.rooms = new Rooms(this.launchers.capacities());
  }

  /**
   * Picks up every run that has not ended, and asks its launcher what became of its attempts.
   * Called once, first.
   */
  public void recover() {
    launchers.start(this);
    new Recovery(journal, launchers, listener, active, aside, rooms).run();
    activeRuns = active.size();
    turnedAt = clock.instant();
    unsettled = true;
  }

  private void setAside(RunId id, Throwable fault) {
    aside.letGo(active, id, fault);
    listener.faulty(id, fault);
  }

  /** Takes turns until the thread is interrupted. Whoever still waits is told that it has ended. */
  public void run() {
    var why = "the server is ending";
    try {
      while (!Thread.currentThread().isInterrupted()) {
        inHand = List.of();
        inHand = inbox.await(nextWake().map(this::until), gathering::mayWait);
        turn(inHand);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error fault) {
      why = "the server failed at something that it should be able to do: " + fault;
      throw fault;
    } finally {
      inbox.end(inHand, new SystemError.Unavailable(why, List.of(AGAIN)).thrown());
    }
  }

  /** A clock that is set back must not make a wait of a minute one of hours. */
  private Duration until(Instant wake) {
    if (clock.instant().isBefore(turnedAt)) {
      return Duration.ZERO;
    }
    var wait = Duration.between(clock.instant(), wake);
    return wait.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : wait;
  }

  /** Why nothing is decided any more, if the engine has ended. */
  public Optional<String> ended() {
    return inbox.ended().map(why -> why.error().message());
  }

  /** Why a run that has not ended does not go on, in words. */
  public Optional<String> trouble(RunId run) {
    return aside.why(run).or(() -> trouble.map(why -> why.error().message()));
  }

  /**
   * One turn with all that has been put to the engine by now; for those who drive the time
   * themselves.
   */
  void turn() {
    turn(inbox.takeAll());
  }

  private void turn(List<Wish> batch) {
    var now = clock.instant();
    turnedAt = now;
    var all = mustWait(now) ? batch : withPostponed(batch);
    var turn = new Turn(active, journal, launchers, aside, removing, rooms, now);
    all.forEach(turn::take);
    turn.launch();
    turn.record();
    turn.faults().forEach(listener::faulty);
    turn.broken().forEach(this::setAside);
    rooms = turn.left();
    unsettled = turn.endedSome();
    postpone(turn, all, now);
    act(turn);
  }

  /** What was reported of runs that the journal did not take is taken again, a little later. */
  private void postpone(Turn turn, List<Wish> all, Instant now) {
    var refused = turn.refused();
    if (refused.isEmpty()) {
      if (!resumeAt.equals(Instant.MIN)) {
        launchers.pause(false);
      }
      unsettled |= !postponed.isEmpty();
      resumeAt = Instant.MIN;
      trouble = Optional.empty();
      return;
    }
    all.stream()
        .filter(wish -> wish instanceof Wish.Report && refused.containsKey(wish.run()))
        .forEach(postponed::add);
    launchers.pause(true);
    resumeAt = now.plus(PATIENCE);
    trouble = Optional.of(refused.values().iterator().next());
  }

  /** A time that is farther off than it was made is one that a clock was set back from. */
  private boolean mustWait(Instant now) {
    return now.isBefore(resumeAt) && !resumeAt.isAfter(now.plus(PATIENCE));
  }

  private List<Wish> withPostponed(List<Wish> batch) {
    var all = new ArrayList<>(postponed);
    all.addAll(batch);
    postponed.clear();
    return all;
  }

  /** Does what was decided; from here on it is durable, and whoever waits for it need not wait. */
  private void act(Turn turn) {
    for (var change : turn.changes()) {
      var id = change.plan.id();
      if (change.after.status().isEnded()) {
        active.remove(id);
      } else {
        active.put(id, change.run());
      }
    }
    activeRuns = active.size();
    answer(turn);
    for (var change : turn.changes()) {
      var id = change.plan.id();
      var launcher = launchers.of(change.plan);
      audience.guarded(id, () -> launcher.decided(change.plan, change.events, change.after));
      change.launches.forEach(spec -> launch(change.plan, spec, launcher));
      audience.guarded(id, () -> tellQueue(change, launcher));
    }
    turn.givenUp().forEach(this::end);
    turn.changes().forEach(audience::tell);
  }

  private void answer(Turn turn) {
    for (var wish : turn.granted()) {
      if (wish instanceof Wish.Follow follow) {
        audience.guarded(
            follow.run(), () -> audience.join(follow, active.containsKey(follow.run())));
      }
      wish.answer().complete(null);
    }
  }

  /** What comes later is stopped first, so that nothing starts in the place of what was stopped. */
  private static void tellQueue(Change change, Launcher launcher) {
    change.stopped().reversed().forEach(launcher::stop);
    change.released().forEach(launcher::release);
    change.ended().forEach(launcher::settled);
  }

  private void launch(Plan plan, AttemptSpec spec, Launcher launcher) {
    try {
      launcher.launch(plan, spec);
    } catch (RuntimeException fault) {
      var reason = "it could not be started, by a fault of Ferry's: " + fault;
      var outcome = new Outcome.Failed(Outcome.Cause.CANNOT_START, OptionalInt.empty(), reason);
      var id = spec.id();
      var at = clock.instant();
      report(id.run(), new Ended(id.stepRun(), id.number(), at, outcome, Usage.UNKNOWN));
      listener.faulty(plan.id(), fault);
    }
  }

  private void end(AttemptId attempt) {
    aside.plan(attempt.run()).ifPresent(plan -> stop(attempt, launchers.of(plan)));
  }

  private void stop(AttemptId attempt, Launcher launcher) {
    audience.guarded(attempt.run(), () -> launcher.stop(attempt));
  }

  /**
   * When there is something to do although nobody asks: a backoff is over, or the journal is to be
   * tried again.
   */
  Optional<Instant> nextWake() {
    var wakes = new ArrayList<Instant>();
    if (!resumeAt.equals(Instant.MIN)) {
      wakes.add(resumeAt);
    }
    if (unsettled) {
      wakes.add(clock.instant());
    }
    active.values().forEach(run -> run.state().nextWake(turnedAt).ifPresent(wakes::add));
    return wakes.stream().min(Instant::compareTo);
  }

  /** Whether a turn would find something to do now. */
  boolean isDue() {
    var now = clock.instant();
    boolean wasSetBack = now.isBefore(turnedAt);
    return !inbox.isEmpty()
        || nextWake().filter(wake -> !wake.isAfter(now) || wasSetBack).isPresent();
  }

  /** Whether no run is under way. */
  public boolean isIdle() {
    return activeRuns == 0 && inbox.isEmpty();
  }

  @Override
  public void report(RunId run, StepEvent event) {
    put(new Wish.Report(run, event));
  }

  @Override
  public List<Rendered> render(Plan plan) {
    return accepting(plan).render(plan);
  }

  @Override
  public List<String> leftOut(Plan plan) {
    return accepting(plan).leftOut(plan);
  }

  @Override
  public List<String> notes(Plan plan) {
    return accepting(plan).notes(plan);
  }

  @Override
  public List<String> explain(Plan plan) {
    return accepting(plan).explain(plan);
  }

  @Override
  public Timetable timetable(Plan plan) {
    return launchers.of(plan).timetable();
  }

  @Override
  public void check(Plan plan) {
    accepting(plan).accept(plan);
  }

  @Override
  public void submit(Plan plan) {
    var accepted = accepting(plan).accept(plan);
    inbox.await(new Wish.Submit(accepted, new CompletableFuture<>()));
  }

  @Override
  public void follow(RunId run, Consumer<RunEvent> events) {
    inbox.await(new Wish.Follow(run, events, new CompletableFuture<>()));
  }

  @Override
  public void stop(RunId run, String reason) {
    inbox.await(new Wish.Stop(run, reason, new CompletableFuture<>()));
  }

  @Override
  public void retry(RunId run) {
    inbox.await(new Wish.Retry(run, new CompletableFuture<>()));
  }

  @Override
  public void remove(RunId run, Runnable forget) {
    inbox.await(new Wish.Remove(run, new CompletableFuture<>()));
    try {
      var plan = bare(run);
      forget.run();
      plan.ifPresent(gone -> audience.guarded(run, () -> launchers.of(gone).removed(gone)));
    } finally {
      put(new Wish.Removed(run));
    }
  }

  /** Nothing where it cannot be read any more: it is to be forgotten all the same. */
  private Optional<Plan> bare(RunId run) {
    try {
      return journal.bare(run);
    } catch (UserException _) {
      return Optional.empty();
    }
  }

  /** Adds a wish to those of the next turn, without waiting for its answer. */
  void put(Wish wish) {
    inbox.put(wish);
  }

  private Launcher accepting(Plan plan) {
    var launcher = launchers.of(plan);
    Shortage.refuse(plan.workflow(), launcher.capacity());
    GivenSecrets.check(plan);
    return launcher;
  }
}
