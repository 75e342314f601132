package ferry.engine;

import ferry.backend.Plan;
import ferry.run.AttemptId;
import ferry.run.Capacity;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.StepRun;
import ferry.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * A whole life of the engine in one seed: submits, stops and retries, processes that end as they
 * like, reports that come late, twice and out of order, a disk that is full, engines that are
 * killed and machines that are restarted.
 */
final class Simulation {
  static final String LOCAL = "local";
  static final String CLUSTER = "cluster";

  private final RandomGenerator random;
  private final int peace;
  private final SimulatedJournal journal = new SimulatedJournal();
  private final Map<String, SimulatedMachine> machines =
      Map.of(
          LOCAL, new SimulatedMachine(new Capacity(2000, 4L << 30, 1), this::checkStart),
          CLUSTER, new SimulatedMachine(Capacity.ofAttempts(3), this::checkStart));
  private final Map<RunId, Plan> submitted = new LinkedHashMap<>();
  private final Map<RunId, CompletableFuture<Void>> answers = new LinkedHashMap<>();
  private final Set<RunId> acknowledged = new LinkedHashSet<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Map<String, SimulatedLauncher> launchers = new LinkedHashMap<>();
  private Engine engine;

  Simulation(long seed) {
    random = new Random(seed);
    peace = random.nextInt(12);
    boot();
  }

  private void boot() {
    for (var place : List.of(LOCAL, CLUSTER)) {
      int ahead = place.equals(LOCAL) ? 4 : 0;
      launchers.put(place, new SimulatedLauncher(machines.get(place), ahead, () -> now, random));
    }
    engine = new Engine(journal, Map.copyOf(launchers), () -> now, (_, _, _, _) -> {});
    engine.recover();
  }

  /** Lives through the storm, then through a calm in which everything must come to its end. */
  void run() {
    var scenario = new Scenario(random);
    int runs = 1 + random.nextInt(3);
    for (int i = 0; i < runs; i++) {
      var plan = scenario.plan(i);
      submitted.put(plan.id(), plan);
    }
    for (int i = 0; i < 150; i++) {
      storm();
    }
    calm();
    check();
  }

  private void storm() {
    switch (random.nextInt(40)) {
      case 0 -> submit();
      case 1 -> ask(new Wish.Stop(anyRun(), "asked", new CompletableFuture<>()));
      case 2 -> ask(new Wish.Retry(anyRun(), new CompletableFuture<>()));
      case 3 -> trouble(this::kill);
      case 4 -> trouble(this::restartMachine);
      case 5 -> journal.full = random.nextInt(3) == 0;
      case 6 -> trouble(() -> now = now.plus(Duration.ofSeconds(random.nextInt(8))));
      case 7 -> now = now.plus(Duration.ofMillis(random.nextInt(200)));
      case 8 -> trouble(this::setClockBack);
      case 9, 10, 11, 12 -> endOne(any(), List.of());
      case 13 -> now = now.minus(Duration.ofHours(random.nextInt(48)));
      default -> step();
    }
    if (acknowledged.isEmpty()) {
      submit();
    }
    noteAnswers();
  }

  /** Some lives have little of it: there, much is queued ahead. */
  private void trouble(Runnable what) {
    if (random.nextInt(12) >= peace) {
      what.run();
    }
  }

  private void setClockBack() {
    var unit = random.nextBoolean() ? Duration.ofSeconds(1) : Duration.ofHours(1);
    now = now.minus(unit.multipliedBy(random.nextInt(30)));
  }

  private void step() {
    switch (random.nextInt(3)) {
      case 0 -> launchers.get(any()).carryOut();
      case 1 -> launchers.get(any()).deliver();
      default -> turn();
    }
  }

  /** The engine's thread wakes only when it was told something, or when it said it would. */
  private void turn() {
    if (engine.isDue()) {
      engine.turn();
    }
  }

  private RunId anyRun() {
    return submitted.keySet().stream()
        .skip(random.nextInt(submitted.size()))
        .findFirst()
        .orElseThrow();
  }

  private void submit() {
    var run = anyRun();
    var answer = new CompletableFuture<Void>();
    answers.put(run, answer);
    ask(new Wish.Submit(submitted.get(run), answer));
  }

  private void ask(Wish wish) {
    engine.put(wish);
  }

  private void noteAnswers() {
    answers.forEach((run, answer) -> {
      if (answer.isDone() && !answer.isCompletedExceptionally()) {
        acknowledged.add(run);
      }
    });
  }

  /** Kill -9 of the server: orders and reports under way are gone, processes go on. */
  private void kill() {
    noteAnswers();
    answers.clear();
    boot();
  }

  private void restartMachine() {
    machines.get(any()).reboot();
    kill();
  }

  private String any() {
    return random.nextBoolean() ? LOCAL : CLUSTER;
  }

  private void endOne(String place, List<AttemptId> spared) {
    var running = new ArrayList<>(machines.get(place).running());
    running.removeAll(spared);
    if (!running.isEmpty()) {
      var id = running.get(random.nextInt(running.size()));
      machines
          .get(place)
          .end(
              id,
              switch (random.nextInt(8)) {
                case 0 ->
                    new Outcome.Failed(Outcome.Cause.EXIT, OptionalInt.of(1), "exit status 1");
                case 2 -> Outcome.Succeeded.PLAIN;
                case 1 ->
                    new Outcome.Failed(
                        Outcome.Cause.TIMEOUT, OptionalInt.of(143), "ran longer than 1 s");
                default ->
                    new Outcome.Succeeded(
                        Map.of("score", "" + random.nextInt(10), "list", lists()), false);
              });
    }
  }

  private String lists() {
    return List.of("[]", "[\"p\", \"q\"]", "[1, 2, 3]", "no list").get(random.nextInt(4));
  }

  /** What starts was written down before, and everything before it has succeeded. */
  private void checkStart(AttemptId id) {
    require(isWrittenDown(id), "nothing starts that was not written down: " + id);
    var state = journal.states.get(id.run());
    for (int before : state.dag().before(stepRun(state, id).step())) {
      for (int i = 0; i < state.size(); i++) {
        var other = state.stepRun(i);
        require(
            other.step() != before || hasEndedWell(id.run(), other),
            id + " starts before " + other + " succeeded");
      }
    }
  }

  private boolean isWrittenDown(AttemptId id) {
    return journal.events(id.run()).stream()
        .anyMatch(event ->
            switch (event) {
              case RunEvent.Launching(var stepRun, int attempt, _, _) ->
                  stepRun.equals(id.stepRun()) && attempt == id.number();
              case RunEvent.Queued(var stepRun, int attempt, _, _) ->
                  stepRun.equals(id.stepRun()) && attempt == id.number();
              case RunEvent.Submitted _,
                  RunEvent.StopRequested _,
                  RunEvent.RetryRequested _,
                  RunEvent.Started _,
                  RunEvent.Pending _,
                  RunEvent.Ended _ ->
                  false;
            });
  }

  private boolean hasEndedWell(RunId run, StepRun stepRun) {
    if (stepRun.state() instanceof StepState.Succeeded
        || stepRun.state() instanceof StepState.Skipped) {
      return true;
    }
    var machine = machines.get(journal.plans.get(run).backend());
    var claim = machine.claims.get(new AttemptId(run, stepRun.name(), stepRun.state().attempt()));
    return claim != null && claim.end instanceof Outcome.Succeeded;
  }

  private static StepRun stepRun(RunState state, AttemptId id) {
    return state.stepRun(id.stepRun()).orElseThrow();
  }

  private void calm() {
    journal.full = false;
    for (int i = 0; i < 5000 && !isOver(); i++) {
      now = now.plus(Duration.ofSeconds(1));
      launchers.forEach(this::calm);
      turn();
    }
    noteAnswers();
  }

  private void calm(String place, SimulatedLauncher launcher) {
    launcher.carryOut();
    endOne(place, machines.get(place).running().stream().filter(this::isToStop).toList());
    launcher.deliver();
    launcher.deliver();
  }

  /** A process that was asked to stop ends by that alone. */
  private boolean isToStop(AttemptId id) {
    return stepRun(journal.states.get(id.run()), id).state() instanceof StepState.Stopping;
  }

  private boolean isOver() {
    return journal.unfinished().isEmpty()
        && launchers.values().stream().allMatch(SimulatedLauncher::isQuiet)
        && engine.isIdle();
  }

  private void check() {
    require(!journal.violated, "a run is recorded as new once");
    require(isOver(), "everything comes to its end: " + unfinished());
    launchers.forEach(
        (place, launcher) -> require(launcher.isLeft(), "nobody waits for room in " + place));
    machines.forEach((place, machine) ->
        require(machine.running().isEmpty(), "nothing is left running in " + place));
    require(journal.plans.keySet().containsAll(acknowledged), "what was acknowledged is there");
    for (var run : journal.plans.keySet()) {
      var replayed = RunState.of(journal.plans.get(run).workflow()).applyAll(journal.events(run));
      var last = journal.states.get(run);
      require(replayed.status() == last.status(), "a replay comes to the same end: " + run);
      for (int i = 0; i < last.size(); i++) {
        require(
            replayed.stepRun(i).equals(last.stepRun(i)),
            "a replay gives the same step: " + last.stepRun(i));
        checkEnd(run, last, last.stepRun(i));
      }
    }
  }

  private String unfinished() {
    var text = new StringBuilder();
    for (var run : journal.unfinished()) {
      var state = journal.states.get(run);
      text.append(run).append(' ').append(state.status());
      for (int i = 0; i < state.size(); i++) {
        text.append("; ")
            .append(state.stepRun(i).name())
            .append(' ')
            .append(state.stepRun(i).state());
      }
    }
    return text.toString();
  }

  private void checkEnd(RunId run, RunState state, StepRun stepRun) {
    require(stepRun.state().isEnded(), "every step of an ended run has ended: " + stepRun);
    if (stepRun.state() instanceof StepState.Skipped(int attempt, _, _) && attempt > 0) {
      var machine = machines.get(journal.plans.get(run).backend());
      var id = new AttemptId(run, stepRun.name(), attempt);
      require(!machine.claims.containsKey(id) || isEndTold(id), "what is skipped never ran: " + id);
    }
    if (stepRun.state() instanceof StepState.Succeeded(int attempt, _, _) && attempt > 0) {
      var machine = machines.get(journal.plans.get(run).backend());
      var process = machine.claims.get(new AttemptId(run, stepRun.name(), attempt));
      boolean emptyList = process == null && stepRun.each().isEmpty();
      require(
          emptyList || process.end instanceof Outcome.Succeeded, "a success happened: " + stepRun);
      require(
          state.dag().isFinally(stepRun.step())
              || !machine.claims.containsKey(new AttemptId(run, stepRun.name(), attempt + 1)),
          "no finished step runs again: " + stepRun);
    }
  }

  private boolean isEndTold(AttemptId id) {
    return journal.events(id.run()).stream()
        .anyMatch(event ->
            event instanceof RunEvent.Ended ended
                && ended.stepRun().equals(id.stepRun())
                && ended.attempt() == id.number());
  }

  private static void require(boolean holds, String promise) {
    if (!holds) {
      throw new IllegalStateException(promise);
    }
  }
}
