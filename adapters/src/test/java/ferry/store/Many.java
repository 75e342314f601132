package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.plan;
import static ferry.store.Samples.submitted;

import ferry.engine.Journal.Entry;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.util.List;
import java.util.stream.IntStream;

/** Many of a kind. */
final class Many {
  private Many() {}

  /** So many runs that have just been submitted. */
  static List<Entry> runs(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> submitted(plan("many-" + i, NOON.plusMillis(i))))
        .toList();
  }

  /** A workflow of independent steps {@code s0}, {@code s1} and so on. */
  static Workflow steps(int count) {
    var steps = IntStream.range(0, count).mapToObj(i -> Step.of("s" + i, "true"));
    return Workflow.of("hello", steps.toArray(Step[]::new));
  }
}
