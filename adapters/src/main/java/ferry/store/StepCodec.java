package ferry.store;

import ferry.workflow.Command;
import ferry.workflow.Condition;
import ferry.workflow.Foreach;
import ferry.workflow.Foreach.Items;
import ferry.workflow.Resources;
import ferry.workflow.Retries;
import ferry.workflow.SecretRef;
import ferry.workflow.Step;
import ferry.workflow.StepFiles;
import ferry.workflow.Surroundings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A step of a workflow as JSON. */
final class StepCodec {
  private StepCodec() {}

  static Map<String, Object> write(Step step) {
    var surroundings = step.surroundings();
    var files = step.files();
    var secrets = new LinkedHashMap<String, Object>();
    surroundings.secrets().forEach((variable, secret) -> secrets.put(variable, write(secret)));
    return new Fields()
        .put("name", step.name())
        .put("command", write(step.command()))
        .put("after", step.after())
        .put("foreach", step.foreach().map(StepCodec::write))
        .put("when", step.when().map(Condition::source))
        .put("resources", write(step.resources()))
        .put("env", surroundings.env())
        .put("secrets", secrets)
        .put("requirements", surroundings.requirements())
        .putIf(!step.retries().equals(Retries.NONE), "retries", write(step.retries()))
        .put("timeout", step.timeout().map(Duration::toString))
        .put("inputs", files.inputs())
        .put("outputs", files.outputs())
        .putIf(files.cache(), "cache", true)
        .putIf(step.workers() > 1, "workers", step.workers())
        .map();
  }

  static Step read(Tree tree) {
    return new Step(
        tree.text("name"),
        command(tree.tree("command")),
        tree.texts("after"),
        tree.optionalTree("foreach").map(StepCodec::foreach),
        tree.optionalText("when").map(Condition::parse),
        tree.optionalTree("resources").map(StepCodec::resources).orElse(Resources.NONE),
        new Surroundings(
            tree.words("env"),
            tree.trees("secrets", StepCodec::secret),
            tree.optionalText("requirements")),
        tree.optionalTree("retries").map(StepCodec::retries).orElse(Retries.NONE),
        tree.optionalDuration("timeout"),
        new StepFiles(tree.texts("inputs"), tree.texts("outputs"), tree.flag("cache")),
        tree.count("workers", 1));
  }

  private static Map<String, Object> write(Command command) {
    return switch (command) {
      case Command.Shell(String script) -> Map.of("shell", script);
      case Command.Exec(var argv) -> Map.of("exec", argv);
    };
  }

  private static Command command(Tree tree) {
    return tree.has("exec")
        ? new Command.Exec(tree.texts("exec"))
        : new Command.Shell(tree.text("shell"));
  }

  private static Map<String, Object> write(Foreach foreach) {
    var variables = new LinkedHashMap<String, Object>();
    foreach.variables().forEach((variable, items) -> variables.put(variable, write(items)));
    return Map.of("variables", variables);
  }

  private static Map<String, Object> write(Items items) {
    return switch (items) {
      case Items.Listed(var values) -> Map.of("values", values);
      case Items.FromStep(String step, String value) ->
          new Fields().put("fromStep", step).put("value", value).map();
    };
  }

  private static Foreach foreach(Tree tree) {
    return new Foreach(
        tree.trees(
            "variables",
            items ->
                items.has("fromStep")
                    ? new Items.FromStep(items.text("fromStep"), items.text("value"))
                    : new Items.Listed(items.texts("values"))));
  }

  private static Map<String, Object> write(Resources resources) {
    return new Fields()
        .put("cpuMillis", resources.cpuMillis())
        .put("memoryBytes", resources.memoryBytes())
        .putIf(resources.gpus() > 0, "gpus", resources.gpus())
        .put("gpuKind", resources.gpuKind())
        .map();
  }

  private static Resources resources(Tree tree) {
    return new Resources(
        tree.optionalNumber("cpuMillis"),
        tree.optionalNumber("memoryBytes"),
        tree.count("gpus", 0),
        tree.optionalText("gpuKind"));
  }

  private static Map<String, Object> write(SecretRef secret) {
    return new Fields().put("secret", secret.secret()).put("key", secret.key()).map();
  }

  private static SecretRef secret(Tree tree) {
    return new SecretRef(tree.text("secret"), tree.text("key"));
  }

  private static Map<String, Object> write(Retries retries) {
    return new Fields()
        .put("limit", retries.limit())
        .put("backoff", retries.backoff().toString())
        .map();
  }

  private static Retries retries(Tree tree) {
    return new Retries(
        tree.count("limit", 0), tree.optionalDuration("backoff").orElse(Duration.ZERO));
  }
}
