package ferry.store;

import static ferry.store.Samples.NOON;

import ferry.backend.Plan;
import ferry.engine.Journal.Entry;
import ferry.run.Outcome;
import ferry.run.RunEvent.Ended;
import ferry.run.Usage;
import ferry.workflow.Command;
import ferry.workflow.Foreach;
import ferry.workflow.Foreach.Items;
import ferry.workflow.JsonList;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workflow whose second step repeats over a list that its first one puts out. */
final class Unfolding {
  static final Workflow WORKFLOW =
      Workflow.of(
          "hello",
          Step.of("list", "true"),
          Step.named("train", new Command.Shell("echo {x}"))
              .after(List.of("list"))
              .foreach(
                  new Foreach(
                      new LinkedHashMap<>(Map.of("x", new Items.FromStep("list", "names")))))
              .build());

  private Unfolding() {}

  static Entry afterTheListIsKnown(Plan plan) {
    var values = Map.of("names", JsonList.write(List.of("relu", "tanh")));
    var ended = new Ended("list", 1, NOON, new Outcome.Succeeded(values, false), Usage.UNKNOWN);
    return Samples.next(Samples.submitted(plan), Samples.launching("list", 1), ended);
  }
}
