package ferry.local;

import ferry.backend.Code;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.run.RunState;
import ferry.run.StepRun;
import ferry.workflow.Command;
import ferry.workflow.CpuText;
import ferry.workflow.DurationText;
import ferry.workflow.Foreach;
import ferry.workflow.MemoryText;
import ferry.workflow.PlainTemplate;
import ferry.workflow.Resources;
import ferry.workflow.ShellTemplate;
import ferry.workflow.Step;
import ferry.workflow.StepVariables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as it would execute on this machine: every step run with its command as the shell will read
 * it. Of variables it tells the names, never the values.
 */
final class Rendering {
  private final Plan plan;
  private final RunState state;

  private Rendering(Plan plan) {
    this.plan = plan;
    this.state = RunState.of(plan.workflow());
  }

  static Rendered of(Plan plan) {
    return new Rendered(new Rendering(plan).run());
  }

  private Map<String, Object> run() {
    var run = new LinkedHashMap<String, Object>();
    run.put("run", plan.id().value());
    run.put("workflow", plan.workflow().name());
    run.put("backend", plan.backend());
    run.put("directory", plan.place().directory());
    run.put("code", code(plan.code()));
    putUnlessEmpty(run, "params", plan.workflow().params());
    run.put("environment", plan.place().environment().keySet().stream().sorted().toList());
    var steps = new ArrayList<Object>();
    var last = new ArrayList<Object>();
    for (int i = 0; i < state.size(); i++) {
      var stepRun = state.stepRun(i);
      (state.dag().isFinally(stepRun.step()) ? last : steps).add(step(stepRun));
    }
    run.put("steps", steps);
    putUnlessEmpty(run, "finally", last);
    return run;
  }

  private static Map<String, Object> code(Code code) {
    var tree = new LinkedHashMap<String, Object>();
    code.snapshot().ifPresent(hash -> tree.put("snapshot", hash));
    code.commit().ifPresent(hash -> tree.put("commit", hash));
    code.commit().ifPresent(_ -> tree.put("dirty", code.dirty()));
    code.note().ifPresent(note -> tree.put("note", note));
    return tree;
  }

  private Map<String, Object> step(StepRun stepRun) {
    var step = state.dag().step(stepRun.step());
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", stepRun.name());
    putCommand(tree, step.command(), stepRun);
    putUnlessEmpty(tree, "after", step.after());
    step.when().ifPresent(condition -> tree.put("when", condition.source()));
    step.foreach().filter(each -> !each.isStatic()).ifPresent(each -> putForeach(tree, each));
    putResources(tree, step.resources());
    step.timeout().ifPresent(timeout -> tree.put("timeout", DurationText.print(timeout)));
    putRetries(tree, step);
    putSurroundings(tree, step, stepRun);
    putFiles(tree, step, stepRun);
    return tree;
  }

  private void putCommand(Map<String, Object> tree, Command command, StepRun stepRun) {
    switch (command) {
      case Command.Shell(var script) ->
          tree.put("run", ShellTemplate.parse(script).render(name -> shellValue(stepRun, name)));
      case Command.Exec(var argv) ->
          tree.put("argv", argv.stream().map(word -> filled(stepRun, word)).toList());
    }
  }

  private Optional<ShellTemplate.Value> shellValue(StepRun stepRun, String name) {
    var known = state.value(stepRun, name);
    if (known.isEmpty() && name.indexOf('.') >= 0) {
      return Optional.of(new ShellTemplate.Value.AtRunTime(StepVariables.ofValue(name)));
    }
    return Optional.of(new ShellTemplate.Value.Known(known.orElse("{" + name + "}")));
  }

  private String filled(StepRun stepRun, String text) {
    return PlainTemplate.renderKnown(text, name -> state.value(stepRun, name));
  }

  private static void putForeach(Map<String, Object> tree, Foreach foreach) {
    var variables = new LinkedHashMap<String, Object>();
    foreach
        .variables()
        .forEach((name, items) ->
            variables.put(
                name,
                switch (items) {
                  case Foreach.Items.Listed(var values) -> values;
                  case Foreach.Items.FromStep(var step, var value) ->
                      "{" + step + "." + value + "}";
                }));
    tree.put("foreach", variables);
  }

  private static void putResources(Map<String, Object> tree, Resources resources) {
    resources.cpuMillis().ifPresent(millis -> tree.put("cpu", CpuText.print(millis)));
    resources.memoryBytes().ifPresent(bytes -> tree.put("memory", MemoryText.print(bytes)));
    if (resources.gpus() > 0) {
      tree.put("gpu", resources.gpus());
    }
  }

  private static void putRetries(Map<String, Object> tree, Step step) {
    if (step.retries().limit() > 0) {
      var retries = new LinkedHashMap<String, Object>();
      retries.put("limit", step.retries().limit());
      retries.put("backoff", DurationText.print(step.retries().backoff()));
      tree.put("retries", retries);
    }
  }

  private void putSurroundings(Map<String, Object> tree, Step step, StepRun stepRun) {
    var surroundings = step.surroundings();
    putUnlessEmpty(tree, "env", List.copyOf(surroundings.env().keySet()));
    var secrets = new LinkedHashMap<String, Object>();
    surroundings
        .secrets()
        .forEach((name, secret) -> secrets.put(name, secret.secret() + "." + secret.key()));
    putUnlessEmpty(tree, "secrets", secrets);
    surroundings.requirements().ifPresent(file -> tree.put("requirements", filled(stepRun, file)));
  }

  private void putFiles(Map<String, Object> tree, Step step, StepRun stepRun) {
    var files = step.files();
    putUnlessEmpty(tree, "inputs", filled(stepRun, files.inputs()));
    putUnlessEmpty(tree, "outputs", filled(stepRun, files.outputs()));
    if (files.cache()) {
      tree.put("cache", true);
    }
  }

  private List<String> filled(StepRun stepRun, List<String> texts) {
    return texts.stream().map(text -> filled(stepRun, text)).toList();
  }

  private static void putUnlessEmpty(Map<String, Object> tree, String key, List<?> values) {
    if (!values.isEmpty()) {
      tree.put(key, values);
    }
  }

  private static void putUnlessEmpty(Map<String, Object> tree, String key, Map<String, ?> values) {
    if (!values.isEmpty()) {
      tree.put(key, values);
    }
  }
}
