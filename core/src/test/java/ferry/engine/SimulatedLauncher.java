package ferry.engine;

import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.run.AttemptId;
import ferry.run.Capacity;
import ferry.run.Outcome;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.Started;
import ferry.run.RunEvent.StepEvent;
import ferry.run.RunId;
import ferry.run.Usage;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Sends orders to a {@link SimulatedMachine} late, and reports late, twice and out of order; dies
 * with its engine.
 */
final class SimulatedLauncher implements Launcher {
  private record Told(RunId run, StepEvent event) {}

  private final SimulatedMachine machine;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ArrayDeque<Runnable> orders = new ArrayDeque<>();
  private final List<Told> untold = new ArrayList<>();
  private final Set<AttemptId> followed = new HashSet<>();
  private Reports reports = (_, _) -> {};

  SimulatedLauncher(SimulatedMachine machine, InstantSource clock, RandomGenerator random) {
    this.machine = machine;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void start(Reports reports) {
    this.reports = reports;
  }

  @Override
  public Plan accept(Plan plan) {
    return plan.withSetting(Map.of("accepted", machine.word()));
  }

  @Override
  public List<Rendered> render(Plan plan) {
    return List.of(new Rendered(Map.of("run", plan.id().value())));
  }

  @Override
  public Capacity capacity() {
    return machine.capacity;
  }

  @Override
  public String machine() {
    return machine.word();
  }

  @Override
  public void launch(Plan plan, AttemptSpec attempt) {
    orders.add(() -> startOrFollow(attempt));
  }

  @Override
  public void resume(Plan plan, AttemptSpec attempt, String launchedOn, boolean started) {
    orders.add(() -> {
      if (machine.claims.containsKey(attempt.id())) {
        follow(attempt.id());
      } else if (started || !launchedOn.equals(machine.word())) {
        machine.forbidden.add(attempt.id());
        tell(attempt.id(), new Outcome.Lost("its machine was restarted"));
      } else {
        startOrFollow(attempt);
      }
    });
  }

  @Override
  public void stop(AttemptId attempt) {
    orders.add(() -> {
      machine.stop(attempt);
      if (!machine.claims.containsKey(attempt)) {
        machine.forbidden.add(attempt);
        tell(attempt, new Outcome.Stopped(OptionalInt.empty()));
      }
    });
  }

  private void startOrFollow(AttemptSpec attempt) {
    machine.start(attempt);
    follow(attempt.id());
  }

  private void follow(AttemptId id) {
    followed.add(id);
    untold.add(new Told(id.run(), new Started(id.stepRun(), id.number(), clock.instant())));
  }

  private void tell(AttemptId id, Outcome outcome) {
    var event = new Ended(id.stepRun(), id.number(), clock.instant(), outcome, Usage.UNKNOWN);
    untold.add(new Told(id.run(), event));
  }

  /** Carries out the oldest order, if there is one. */
  void carryOut() {
    if (!orders.isEmpty()) {
      orders.remove().run();
    }
  }

  /**
   * Notices ends of processes that it follows, and delivers one report, perhaps to deliver it again
   * later.
   */
  void deliver() {
    for (var id : List.copyOf(followed)) {
      var process = machine.claims.get(id);
      if (process == null || process.end != null) {
        followed.remove(id);
        if (process != null) {
          tell(id, process.end);
        }
      }
    }
    if (!untold.isEmpty()) {
      int which = random.nextInt(untold.size());
      var told = random.nextInt(5) == 0 ? untold.get(which) : untold.remove(which);
      reports.report(told.run(), told.event());
    }
  }

  boolean isQuiet() {
    return orders.isEmpty() && untold.isEmpty();
  }
}
