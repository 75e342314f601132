package ferry.engine;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.run.RunId;
import ferry.workflow.Command;
import ferry.workflow.Condition;
import ferry.workflow.Foreach;
import ferry.workflow.Resources;
import ferry.workflow.Retries;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Random workflows with everything that a workflow can have. */
final class Scenario {
  private final RandomGenerator random;

  Scenario(RandomGenerator random) {
    this.random = random;
  }

  Plan plan(int number) {
    var steps = new ArrayList<Step>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      steps.add(step(i, steps));
    }
    var last =
        random.nextInt(3) == 0
            ? List.of(Step.of("report", "true"), Step.of("tidy", "true", "report"))
            : List.<Step>of();
    var workflow = new Workflow("sim", Map.of("epochs", "3"), steps, last, Optional.empty());
    var backend = random.nextBoolean() ? Simulation.LOCAL : Simulation.CLUSTER;
    return plan(new RunId("sim-" + number), workflow, backend);
  }

  static Plan plan(RunId id, Workflow workflow, String backend) {
    var place = new Place("/work", Map.of(), "ada", "here");
    var origin = new Origin(Origin.Kind.FILE, "…", Optional.of("ferry.yaml"), Optional.empty());
    return new Plan(
        id, workflow, backend, place, origin, Code.UNKNOWN, "digest-" + id, Instant.EPOCH);
  }

  private Step step(int number, List<Step> earlier) {
    var after = new ArrayList<String>();
    earlier.stream().filter(_ -> random.nextInt(3) == 0).forEach(step -> after.add(step.name()));
    var step = Step.named("s" + number, new Command.Shell("run {epochs}")).after(after);
    if (random.nextInt(3) == 0) {
      step.retries(new Retries(1 + random.nextInt(2), Duration.ofSeconds(random.nextInt(2) * 10L)));
    }
    if (random.nextInt(4) == 0) {
      var memory = random.nextInt(2) == 0 ? OptionalLong.of(3L << 30) : OptionalLong.empty();
      step.resources(
          new Resources(
              OptionalLong.of(500L + 500L * random.nextInt(4)),
              memory,
              random.nextInt(2),
              Optional.empty()));
    }
    plain(earlier, after).ifPresent(source -> onValues(step, source));
    if (random.nextInt(6) == 0) {
      step.foreach(Foreach.of("x", "a", "b", "c"));
    }
    return step.build();
  }

  /** A step before this one that does not repeat, whose values are single. */
  private static Optional<String> plain(List<Step> earlier, List<String> after) {
    return earlier.stream()
        .filter(step -> step.foreach().isEmpty())
        .map(Step::name)
        .filter(after::contains)
        .findFirst();
  }

  private void onValues(Step.Builder step, String source) {
    switch (random.nextInt(5)) {
      case 0 -> step.when(Condition.parse("{" + source + ".score} > 5"));
      case 1 -> step.command(new Command.Shell("use {" + source + ".score}"));
      case 2 -> {
        var variables = new LinkedHashMap<String, Foreach.Items>();
        variables.put("y", new Foreach.Items.FromStep(source, "list"));
        step.foreach(new Foreach(variables));
      }
      default -> {}
    }
  }
}
