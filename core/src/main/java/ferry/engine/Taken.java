package ferry.engine;

import ferry.run.Capacity;
import ferry.run.RunState;
import ferry.run.StepRun;
import ferry.run.StepState;

/** The room that attempts hold. */
final class Taken {
  private Taken() {}

  /** By all attempts of a run together. */
  static Capacity by(RunState state) {
    var sum = Capacity.NONE;
    for (var stepRun : state.active()) {
      if (stepRun.state().holdsRoom()) {
        sum = sum.plus(asked(state, stepRun));
      }
    }
    return sum;
  }

  static Capacity asked(RunState state, StepRun stepRun) {
    return Capacity.of(state.dag().step(stepRun.step()).resources());
  }

  /** Leaves room to the attempts that start by themselves. */
  static void promise(RunState state, String backend, Rooms offered) {
    for (var stepRun : state.active()) {
      var asked = asked(state, stepRun);
      if (stepRun.state() instanceof StepState.Queued
          && !state.waitsForOthers(stepRun)
          && offered.of(backend).fits(asked)) {
        offered.take(backend, asked);
      }
    }
  }
}
