package ferry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.error.RequestError;
import ferry.error.UserException;
import ferry.run.AttemptId;
import ferry.run.Capacity;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunEvent.Ended;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.RunStatus;
import ferry.run.Usage;
import ferry.workflow.OneLiner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is wrong with one run concerns this run alone; what is wrong with the engine is said. */
class EngineTroubleTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final RunId BAD = new RunId("hello-bbbbb");
  private static final RunId GOOD = new RunId("hello-ggggg");

  private final SimulatedJournal journal = new SimulatedJournal();
  private final OddLauncher launcher = new OddLauncher();
  private final List<String> told = new ArrayList<>();
  private Instant now = NOON;
  private Engine engine = engine();

  private Engine engine() {
    return new Engine(journal, Map.of("local", launcher), () -> now, new Listener());
  }

  private CompletableFuture<Void> submit(RunId run) {
    var answer = new CompletableFuture<Void>();
    var plan = Scenario.plan(run, OneLiner.parse("hello", "a >> b"), "local");
    engine.put(new Wish.Submit(plan, answer));
    engine.turn();
    return answer;
  }

  private void begin(RunId run) {
    submit(run).join();
  }

  private CompletableFuture<Void> ask(Wish.Awaited wish) {
    engine.put(wish);
    engine.turn();
    return wish.answer();
  }

  private CompletableFuture<Void> stop(RunId run) {
    return ask(new Wish.Stop(run, "asked", new CompletableFuture<>()));
  }

  private void ended(RunId run, String step, Outcome outcome) {
    engine.report(run, new Ended(step, 1, now, outcome, Usage.UNKNOWN));
    engine.turn();
  }

  private void restart() {
    engine = engine();
    engine.recover();
    engine.turn();
  }

  private RunStatus status(RunId run) {
    return journal.states.get(run).status();
  }

  @Test
  void aReportThatCannotBeAppliedSetsItsRunAsideAndOthersGoOn() {
    begin(BAD);
    begin(GOOD);

    ended(BAD, "a", null);
    ended(GOOD, "a", Outcome.Succeeded.PLAIN);
    ended(GOOD, "b", Outcome.Succeeded.PLAIN);

    assertThat(status(GOOD)).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(engine.trouble(BAD).orElseThrow()).startsWith("it was set aside, so that other");
    assertThat(told).containsExactly("fault of hello-bbbbb");
  }

  @Test
  void aRunThatWasSetAsideCanBeStoppedWithItsAttempts() {
    begin(BAD);
    ended(BAD, "a", null);

    assertThat(stop(BAD)).isCompleted();

    assertThat(launcher.stopped).containsExactly(new AttemptId(BAD, "a", 1));
    assertThat(journal.givenUp.get(BAD)).startsWith("asked; it was set aside");
    assertThat(engine.trouble(BAD)).isEmpty();
  }

  @Test
  void theRoomOfARunThatWasSetAsideIsFreeOnceItsAttemptHasEnded() {
    begin(BAD);
    ended(BAD, "a", null);
    begin(GOOD);
    assertThat(launcher.launched).containsExactly(new AttemptId(BAD, "a", 1));

    ended(BAD, "a", Outcome.Succeeded.PLAIN);

    assertThat(launcher.launched).contains(new AttemptId(GOOD, "a", 1));
  }

  @Test
  void aRunThatTheJournalAlwaysRefusesIsSetAsideAndHoldsUpNoOther() {
    begin(BAD);
    journal.poisonous.add(BAD);
    engine.report(BAD, new Ended("a", 1, now, Outcome.Succeeded.PLAIN, Usage.UNKNOWN));

    assertThat(submit(GOOD)).isCompleted();
    now = now.plus(Duration.ofSeconds(2));
    engine.turn();
    now = now.plus(Duration.ofSeconds(2));
    engine.turn();

    assertThat(engine.trouble(BAD).orElseThrow()).contains("a fault in the journal");
    assertThat(engine.nextWake()).isEmpty();
  }

  @Test
  void aFullDiskIsSaidOfRunsThatWaitForItAndOnlyWhatIsNewIsRefused() {
    begin(GOOD);
    journal.full = true;
    ended(GOOD, "a", Outcome.Succeeded.PLAIN);

    assertThat(submit(BAD)).isCompletedExceptionally();
    assertThat(engine.trouble(GOOD)).contains("the disk is full");

    journal.full = false;
    now = now.plus(Duration.ofSeconds(2));
    engine.turn();
    assertThat(engine.trouble(GOOD)).isEmpty();
    assertThat(launcher.launched).contains(new AttemptId(GOOD, "b", 1));
  }

  @Test
  void aLauncherThatThrowsFailsTheStepInWords() {
    launcher.fault = new IllegalStateException("no pipe");
    begin(BAD);
    engine.turn();

    assertThat(status(BAD)).isEqualTo(RunStatus.FAILED);
    assertThat(journal.states.get(BAD).stepRun("a").orElseThrow().state().reason())
        .startsWith("it could not be started, by a fault of Ferry's: ");
  }

  @Test
  void aListenerThatThrowsStopsNothing() {
    begin(BAD);
    told.clear();
    engine.report(BAD, new Ended("a", 1, now, Outcome.Succeeded.PLAIN, Usage.UNKNOWN));
    engine.put(
        new Wish.Follow(
            BAD,
            event -> {
              if (event instanceof Ended) {
                throw new IllegalStateException("a reader that is gone");
              }
            },
            new CompletableFuture<>()));
    engine.turn();

    ended(BAD, "b", Outcome.Succeeded.PLAIN);
    assertThat(status(BAD)).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void aRunThatCannotBeReadIsSetAsideWhenAnEngineStarts() {
    begin(BAD);
    begin(GOOD);
    journal.events.put(BAD, java.util.Collections.singletonList(null));

    restart();
    ended(GOOD, "a", Outcome.Succeeded.PLAIN);

    assertThat(engine.trouble(BAD).orElseThrow()).startsWith("it cannot be carried on: ");
    assertThat(stop(BAD)).isCompleted();
    assertThat(journal.unfinished()).containsExactly(GOOD);
  }

  @Test
  void withoutItsEnvironmentARunEndsInWordsAndWhatRunsGoesOn() {
    begin(BAD);
    journal.withoutEnvironment.add(BAD);

    restart();
    ended(BAD, "a", Outcome.Succeeded.PLAIN);
    engine.turn();

    assertThat(status(BAD)).isEqualTo(RunStatus.FAILED);
    assertThat(journal.states.get(BAD).stepRun("b").orElseThrow().state().reason())
        .isEqualTo("the environment is gone");
    assertThat(stop(BAD)).isCompleted();
  }

  @Test
  void aRunThatIsBeingRemovedIsNotRetried() {
    begin(BAD);
    ended(BAD, "a", new Outcome.Lost("gone"));
    assertThat(ask(new Wish.Remove(BAD, new CompletableFuture<>()))).isCompleted();

    var retry = ask(new Wish.Retry(BAD, new CompletableFuture<>()));
    assertThatThrownBy(retry::join).hasMessageContaining("run `hello-bbbbb` is being removed");
    assertThat(submit(BAD)).isCompletedExceptionally();

    engine.put(new Wish.Removed(BAD));
    assertThat(ask(new Wish.Retry(BAD, new CompletableFuture<>()))).isCompleted();
  }

  @Test
  void aRunThatHasNotEndedIsNotRemoved() {
    begin(BAD);

    var removal = ask(new Wish.Remove(BAD, new CompletableFuture<>()));

    assertThatThrownBy(removal::join)
        .hasCauseInstanceOf(UserException.class)
        .hasMessageContaining("run `hello-bbbbb` has not ended");
    assertThat(submit(BAD)).isCompleted();
  }

  @Test
  void whoeverWaitsForAnEngineThatDiesIsTold() throws Exception {
    launcher.fault = new AssertionError("no more threads");
    var walking = Thread.ofVirtual().uncaughtExceptionHandler((_, _) -> {}).unstarted(engine::run);
    var answer = new CompletableFuture<Void>();
    walking.start();
    engine.put(new Wish.Submit(Scenario.plan(BAD, OneLiner.parse("hello", "a"), "local"), answer));
    walking.join();

    assertThat(engine.ended().orElseThrow()).contains("no more threads");
    assertThatThrownBy(() -> engine.stop(BAD, "asked"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no more threads");
  }

  @Test
  void anAttemptThatWasLostAndIsNotRetriedSaysSo() {
    begin(BAD);

    ended(BAD, "a", new Outcome.Lost("the machine it ran on was restarted"));

    assertThat(journal.states.get(BAD).stepRun("a").orElseThrow().state().reason())
        .isEqualTo("lost: the machine it ran on was restarted");
  }

  /** Has room for one step, remembers what it was asked, and throws where it is told to. */
  private static final class OddLauncher implements Launcher {
    final List<AttemptId> launched = new ArrayList<>();
    final List<AttemptId> stopped = new ArrayList<>();
    Throwable fault;

    @Override
    public void start(Reports reports) {}

    @Override
    public List<Rendered> render(Plan plan) {
      return List.of();
    }

    @Override
    public Capacity capacity() {
      return new Capacity(1000, 1L << 30, 0);
    }

    @Override
    public String machine() {
      return "boot-1";
    }

    @Override
    public void launch(Plan plan, AttemptSpec attempt) {
      launched.add(attempt.id());
      switch (fault) {
        case null -> {}
        case RuntimeException ours -> throw ours;
        case Error worse -> throw worse;
        default -> throw new IllegalArgumentException(fault);
      }
    }

    @Override
    public void resume(Plan plan, AttemptSpec attempt, String machine, boolean started) {}

    @Override
    public void stop(AttemptId attempt) {
      stopped.add(attempt);
    }
  }

  private final class Listener implements RunListener {
    @Override
    public void changed(Plan plan, List<RunEvent> events, RunState before, RunState after) {}

    @Override
    public void faulty(RunId run, Throwable fault) {
      told.add("fault of " + run);
    }
  }

  @Test
  void aRetryOfARunThatWasGivenUpHalfWayIsRefusedInWords() {
    begin(BAD);
    engine.recover();
    journal.events.get(BAD).add(new RunEvent.StopRequested(now, "asked"));
    journal.givenUp.put(BAD, "asked");
    var next = engine();
    next.recover();
    var answer = new CompletableFuture<Void>();
    next.put(new Wish.Retry(BAD, answer));
    next.turn();

    assertThatThrownBy(answer::join)
        .satisfies(e ->
            assertThat(((UserException) e.getCause()).error())
                .isInstanceOf(RequestError.Conflict.class));
  }
}
