package ferry.engine;

import ferry.run.AttemptId;
import ferry.run.Capacity;
import ferry.run.Outcome;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Processes that outlive the engine: what really started and how it really ended. It fails on what
 * must never happen.
 */
final class SimulatedMachine {
  /** What is known on the machine's disk of an attempt that was claimed. */
  static final class Claim {
    final AttemptSpec spec;
    Outcome end;

    Claim(AttemptSpec spec) {
      this.spec = spec;
    }
  }

  final Map<AttemptId, Claim> claims = new LinkedHashMap<>();
  final Set<AttemptId> forbidden = new LinkedHashSet<>();
  final Capacity capacity;
  private final Consumer<AttemptId> starting;
  private int boot = 1;

  SimulatedMachine(Capacity capacity) {
    this(capacity, _ -> {});
  }

  /** A machine that says of every attempt when it is about to start it. */
  SimulatedMachine(Capacity capacity, Consumer<AttemptId> starting) {
    this.capacity = capacity;
    this.starting = starting;
  }

  String word() {
    return "boot-" + boot;
  }

  /** Whether it started now; false where it had been claimed before. */
  boolean start(AttemptSpec spec) {
    if (claims.containsKey(spec.id()) || forbidden.contains(spec.id())) {
      return false;
    }
    var other =
        claims.keySet().stream().filter(id -> sameStep(id, spec.id())).filter(this::runs).findAny();
    if (other.isPresent()) {
      throw new IllegalStateException(spec.id() + " started while " + other.get() + " still runs");
    }
    starting.accept(spec.id());
    claims.put(spec.id(), new Claim(spec));
    refuseOverload();
    return true;
  }

  private static boolean sameStep(AttemptId one, AttemptId other) {
    return one.run().equals(other.run()) && one.stepRun().equals(other.stepRun());
  }

  private boolean runs(AttemptId id) {
    return claims.get(id).end == null;
  }

  private void refuseOverload() {
    var left = capacity;
    for (var id : running()) {
      left = left.minus(Capacity.of(claims.get(id).spec.resources()));
    }
    if (!left.fits(Capacity.NONE)) {
      throw new IllegalStateException("more runs than there is room for: " + running());
    }
  }

  List<AttemptId> running() {
    return claims.keySet().stream().filter(this::runs).toList();
  }

  void end(AttemptId id, Outcome outcome) {
    var process = claims.get(id);
    if (process != null && process.end == null) {
      process.end = outcome;
    }
  }

  void stop(AttemptId id) {
    end(id, new Outcome.Stopped(OptionalInt.of(143)));
  }

  /** Power is cut: everything that ran is gone, and nobody can know how it ended. */
  void reboot() {
    running().forEach(id -> claims.get(id).end = new Outcome.Lost("the machine was restarted"));
    boot++;
  }
}
