package ferry.server;

import ferry.error.RequestError;
import ferry.tracking.RunRecord;
import ferry.tracking.StepRecord;
import ferry.workflow.Names;
import java.util.Optional;

/** Finds the step run of a run that somebody means: by its name, or its step's where it is one. */
public final class StepLookup {
  private StepLookup() {}

  /**
   * The step run of that name.
   *
   * @throws ferry.error.UserException where there is none, or several
   */
  public static StepRecord step(RunRecord run, String name) {
    var named = run.steps().stream().filter(step -> step.name().equals(name)).findFirst();
    if (named.isPresent()) {
      return named.get();
    }
    var repeated = run.steps().stream().filter(step -> step.step().equals(name)).toList();
    if (repeated.size() == 1) {
      return repeated.getFirst();
    }
    throw repeated.isEmpty()
        ? new RequestError.NotFound(
                "step",
                name,
                nearest(run, name),
                run.steps().stream().map(StepRecord::name).toList())
            .thrown()
        : new RequestError.SeveralStepRuns(name, repeated.stream().map(StepRecord::name).toList())
            .thrown();
  }

  /** Of the step runs, or of the steps where only the part before the bracket is near. */
  private static Optional<String> nearest(RunRecord run, String name) {
    var runs = run.steps().stream().map(StepRecord::name).toList();
    return Names.nearest(name, runs)
        .or(() ->
            Names.nearest(name, run.steps().stream().map(StepRecord::step).distinct().toList()));
  }

  /** The number of the attempt that began last. */
  public static Optional<Integer> newest(StepRecord step) {
    return step.attempts().isEmpty()
        ? Optional.empty()
        : Optional.of(step.attempts().getLast().number());
  }

  /** The number of an attempt that is there. */
  public static Optional<Integer> attempt(StepRecord step, Optional<Integer> wanted) {
    if (wanted.isPresent() && wanted.get() > newest(step).orElse(0)) {
      var name = step.name() + "/" + wanted.get();
      throw new RequestError.NotFound("attempt", name, Optional.<String>empty()).thrown();
    }
    return wanted.or(() -> newest(step));
  }
}
