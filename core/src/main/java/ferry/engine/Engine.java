package ferry.engine;

import ferry.backend.Backend;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.error.UserException;
import ferry.run.Launch;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.Started;
import ferry.run.RunEvent.StepEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.StepRun;
import ferry.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

  /** While more attempts than these are queued, the journal is in no hurry. */
  private static final int ENOUGH = 12;

  private final Journal journal;
  private final Launchers launchers;
  private final InstantSource clock;
  private final RunListener listener;
  private final Inbox inbox = new Inbox();
  private final Map<RunId, ActiveRun> active = new LinkedHashMap<>();
  private final Map<RunId, List<Consumer<RunEvent>>> followers = new LinkedHashMap<>();
  private final List<Wish> postponed = new ArrayList<>();
  private Instant resumeAt = Instant.MIN;
  private Instant turnedAt = Instant.MIN;
  private Rooms rooms;
  private volatile int activeRuns;
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
    this.rooms = new Rooms(this.launchers.capacities());
  }

  /**
   * Picks up every run that has not ended, and asks its launcher what became of its attempts.
   * Called once, first.
   */
  public void recover() {
    launchers.start(this);
    for (var id : journal.unfinished()) {
      try {
        pickUp(id);
      } catch (UserException unreadable) {
        listener.leftBehind(id, unreadable);
      }
    }
    activeRuns = active.size();
    turnedAt = clock.instant();
    unsettled = true;
    active
        .values()
        .forEach(run ->
            run.state().active().forEach(stepRun -> resume(run.plan(), run.state(), stepRun)));
  }

  private void pickUp(RunId id) {
    var plan = journal.plan(id).orElseThrow();
    launchers.of(plan);
    var state = RunState.of(plan.workflow()).applyAll(journal.events(id));
    active.put(id, new ActiveRun(plan, state, false));
    rooms.take(plan.backend(), Turn.taken(state));
  }

  private void resume(Plan plan, RunState state, StepRun stepRun) {
    var launcher = launchers.of(plan);
    var step = state.dag().step(stepRun.step());
    var spec = AttemptSpecs.of(plan, state, new Launch(stepRun, step, stepRun.state().attempt()));
    switch (stepRun.state()) {
      case StepState.Queued(_, _, String machine) ->
          launcher.resume(plan, spec.after(state.awaited(stepRun)), machine, false);
      case StepState.Starting(_, _, String machine, _) ->
          launcher.resume(plan, spec, machine, false);
      case StepState.Running(_, _, String machine) -> launcher.resume(plan, spec, machine, true);
      case StepState.Stopping(_, _, String machine) -> {
        launcher.resume(plan, spec, machine, true);
        launcher.stop(spec.id());
      }
      case StepState.Blocked _,
          StepState.Ready _,
          StepState.Succeeded _,
          StepState.Failed _,
          StepState.Stopped _,
          StepState.Skipped _ -> {}
    }
  }

  /** Takes turns until the thread is interrupted. */
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        turn(inbox.await(nextWake().map(this::until), this::mayWait));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Duration until(Instant wake) {
    var now = clock.instant();
    return wasSetBack(now) ? Duration.ZERO : Duration.between(now, wake);
  }

  /** Then nobody knows how long it has been. */
  private boolean wasSetBack(Instant now) {
    return now.isBefore(turnedAt);
  }

  /** Whether there is nothing but news of attempts, and enough others are queued to come next. */
  private boolean mayWait(List<Wish> news) {
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
    var turn = new Turn(active, journal, launchers, now);
    all.forEach(turn::take);
    var left = turn.launch(rooms);
    try {
      var entries = turn.entries();
      if (!entries.isEmpty()) {
        journal.append(entries);
      }
    } catch (RuntimeException failure) {
      turn.refuse(Turn.worded(failure));
      all.stream().filter(Wish.Report.class::isInstance).forEach(postponed::add);
      launchers.pause(true);
      resumeAt = now.plus(PATIENCE);
      return;
    }
    if (!resumeAt.equals(Instant.MIN)) {
      launchers.pause(false);
    }
    resumeAt = Instant.MIN;
    rooms = left;
    unsettled = turn.endedSome() || !postponed.isEmpty();
    act(turn);
  }

  /** A time that is farther off than it was made is one that a clock was set back from. */
  private boolean mustWait(Instant now) {
    return now.isBefore(resumeAt) && !resumeAt.isAfter(now.plus(PATIENCE));
  }

  private List<Wish> withPostponed(List<Wish> batch) {
    if (postponed.isEmpty()) {
      return batch;
    }
    var all = new ArrayList<>(postponed);
    all.addAll(batch);
    postponed.clear();
    return all;
  }

  /** Does what was decided; from here on it is durable. */
  private void act(Turn turn) {
    for (var change : turn.changes()) {
      var id = change.plan.id();
      if (change.after.status().isEnded()) {
        active.remove(id);
      } else {
        active.put(id, new ActiveRun(change.plan, change.after, change.isQuick));
      }
      var launcher = launchers.of(change.plan);
      change.launches.forEach(spec -> launcher.launch(change.plan, spec));
      tellQueue(change, launcher);
    }
    activeRuns = active.size();
    for (var wish : turn.granted()) {
      if (wish instanceof Wish.Follow follow) {
        follow(follow);
      }
      wish.answer().complete(null);
    }
    turn.changes().forEach(this::tell);
  }

  /** What comes later is stopped first, so that nothing starts in the place of what was stopped. */
  private static void tellQueue(Change change, Launcher launcher) {
    change.stopped().reversed().forEach(launcher::stop);
    change.released().forEach(launcher::release);
  }

  private void tell(Change change) {
    if (!change.events.isEmpty()) {
      listener.changed(change.plan, change.events, change.before, change.after);
      followers.getOrDefault(change.plan.id(), List.of()).forEach(change.events::forEach);
    }
    if (change.after.status().isEnded()) {
      followers.remove(change.plan.id());
    }
  }

  /**
   * Events before this turn come from the journal; those of this turn and later ones are told as
   * they come.
   */
  private void follow(Wish.Follow follow) {
    journal.events(follow.run()).forEach(follow.events());
    if (active.containsKey(follow.run())) {
      followers.computeIfAbsent(follow.run(), _ -> new ArrayList<>()).add(follow.events());
    }
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
      wakes.add(turnedAt);
    }
    active.values().forEach(run -> run.state().nextWake(turnedAt).ifPresent(wakes::add));
    return wakes.stream().min(Instant::compareTo);
  }

  /** Whether a turn would find something to do now. */
  boolean isDue() {
    var now = clock.instant();
    return !inbox.isEmpty()
        || nextWake().filter(wake -> !wake.isAfter(now) || wasSetBack(now)).isPresent();
  }

  /** Whether no run is under way. */
  public boolean isIdle() {
    return activeRuns == 0 && inbox.isEmpty();
  }

  @Override
  public void report(RunId run, StepEvent event) {
    inbox.add(new Wish.Report(run, event));
  }

  @Override
  public List<Rendered> render(Plan plan) {
    return accepting(plan).render(plan);
  }

  @Override
  public void check(Plan plan) {
    accepting(plan).accept(plan);
  }

  @Override
  public void submit(Plan plan) {
    var accepted = accepting(plan).accept(plan);
    await(new Wish.Submit(accepted, new CompletableFuture<>()));
  }

  @Override
  public void follow(RunId run, Consumer<RunEvent> events) {
    await(new Wish.Follow(run, events, new CompletableFuture<>()));
  }

  @Override
  public void stop(RunId run, String reason) {
    await(new Wish.Stop(run, reason, new CompletableFuture<>()));
  }

  @Override
  public void retry(RunId run) {
    await(new Wish.Retry(run, new CompletableFuture<>()));
  }

  /** Adds a wish to those of the next turn, without waiting for its answer. */
  void put(Wish wish) {
    inbox.add(wish);
  }

  private void await(Wish.Awaited wish) {
    put(wish);
    try {
      wish.answer().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof UserException refused ? refused : e;
    }
  }

  private Launcher accepting(Plan plan) {
    var launcher = launchers.of(plan);
    var all = launcher.capacity();
    plan.workflow().allSteps().forEach(step -> Shortage.refuse(step, all));
    return launcher;
  }
}
