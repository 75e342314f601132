package ferry.kubernetes.argo;

import ferry.engine.AttemptSpec;
import ferry.kubernetes.AttemptLog;
import ferry.kubernetes.LogWords;
import ferry.kubernetes.PodView;
import ferry.kubernetes.StepEnd;
import ferry.run.Outcome;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.OptionalInt;

/**
 * What became of a step whose Pod has ended: as of any other, but for values that none can take.
 */
record TaskEnd(AttemptSpec spec, Pod pod, PodView.Ended ended, AttemptLog log) {

  Outcome outcome() {
    if (ended.exitCode().orElse(0) == ArgoScript.BAD_VALUES) {
      var well =
          new PodView.Ended(
              OptionalInt.of(0), ended.at(), ended.reason(), ended.message(), ended.ofPod());
      var outcome = of(well);
      if (outcome instanceof Outcome.Failed) {
        return outcome;
      }
    }
    return of(ended);
  }

  private Outcome of(PodView.Ended end) {
    return new StepEnd(spec, pod, end, new LogWords(log.file())).outcome();
  }
}
