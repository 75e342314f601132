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
  private final List<Runnable> looks = new ArrayList<>();
  private final Set<AttemptId> inDoubt = new HashSet<>();
  private final Set<AttemptId> cancelled = new HashSet<>();
  private final List<Told> untold = new ArrayList<>();
  private final Set<AttemptId> followed = new HashSet<>();
  private final StartQueue<AttemptSpec> queue;
  private final int ahead;
  private Reports reports = (_, _) -> {};

  SimulatedLauncher(
      SimulatedMachine machine, int ahead, InstantSource clock, RandomGenerator random) {
    this.ahead = ahead;
    this.queue = new StartQueue<>(machine.capacity);
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
  public int ahead() {
    return ahead;
  }

  @Override
  public void launch(Plan plan, AttemptSpec attempt) {
    orders.add(() -> start(queue.add(attempt, attempt)));
  }

  @Override
  public void release(AttemptId attempt) {
    orders.add(() -> start(queue.release(attempt)));
  }

  @Override
  public void pause(boolean paused) {
    orders.add(() -> start(queue.pause(paused)));
  }

  @Override
  public void resume(Plan plan, AttemptSpec attempt, String launchedOn, boolean started) {
    queue.hold(attempt);
    inDoubt.add(attempt.id());
    looks.add(() -> {
      inDoubt.remove(attempt.id());
      if (machine.claims.containsKey(attempt.id())) {
        follow(attempt.id());
      } else if (started || !launchedOn.equals(machine.word())) {
        end(attempt.id(), new Outcome.Lost("its machine was restarted"));
      } else if (cancelled.contains(attempt.id())) {
        end(attempt.id(), new Outcome.Stopped(OptionalInt.empty()));
      } else {
        start(queue.addHeld(attempt, attempt));
      }
    });
  }

  @Override
  public void stop(AttemptId attempt) {
    orders.add(() -> {
      machine.stop(attempt);
      if (inDoubt.contains(attempt)) {
        cancelled.add(attempt);
      } else if (!machine.claims.containsKey(attempt)) {
        end(attempt, new Outcome.Stopped(OptionalInt.empty()));
      }
    });
  }

  private void start(List<AttemptSpec> attempts) {
    for (var attempt : attempts) {
      machine.start(attempt);
      follow(attempt.id());
    }
  }

  /** It has not started, and never will. */
  private void end(AttemptId id, Outcome outcome) {
    machine.forbidden.add(id);
    tell(id, outcome);
    start(queue.end(id, false));
  }

  private void follow(AttemptId id) {
    followed.add(id);
    untold.add(new Told(id.run(), new Started(id.stepRun(), id.number(), clock.instant())));
  }

  private void tell(AttemptId id, Outcome outcome) {
    var event = new Ended(id.stepRun(), id.number(), clock.instant(), outcome, Usage.UNKNOWN);
    untold.add(new Told(id.run(), event));
  }

  /** Carries out the oldest order, or looks after one of the attempts that it was to resume. */
  void carryOut() {
    if (!looks.isEmpty() && random.nextInt(looks.size() + orders.size()) < looks.size()) {
      looks.remove(random.nextInt(looks.size())).run();
    } else if (!orders.isEmpty()) {
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
          start(queue.end(id, process.end instanceof Outcome.Succeeded));
        }
      }
    }
    if (!untold.isEmpty()) {
      int which = random.nextInt(untold.size());
      var told = random.nextInt(5) == 0 ? untold.get(which) : untold.remove(which);
      reports.report(told.run(), told.event());
    }
  }

  /** Whether everybody has left, and nobody waits for what will not come. */
  boolean isLeft() {
    return queue.isEmpty();
  }

  boolean isQuiet() {
    return orders.isEmpty() && looks.isEmpty() && untold.isEmpty();
  }
}
