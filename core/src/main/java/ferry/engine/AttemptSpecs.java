package ferry.engine;

import ferry.backend.Plan;
import ferry.error.TemplateError;
import ferry.run.AttemptId;
import ferry.run.Launch;
import ferry.run.RunState;
import ferry.run.StepRun;
import ferry.workflow.Command;
import ferry.workflow.Foreach;
import ferry.workflow.PlainTemplate;
import ferry.workflow.ShellTemplate;
import ferry.workflow.StepFiles;
import ferry.workflow.StepVariables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fills in what an attempt is to do: its command, its files and its variables. */
final class AttemptSpecs {
  private final RunState state;
  private final StepRun stepRun;
  private final Map<String, String> variables = new LinkedHashMap<>();

  private final Map<String, String> awaited = new LinkedHashMap<>();
  private final Unknown unknown;

  /** What is made of a name that has no value yet. */
  private enum Unknown {
    REFUSED,
    SHOWN,
    AWAITED
  }

  private AttemptSpecs(RunState state, StepRun stepRun, Unknown unknown) {
    this.state = state;
    this.stepRun = stepRun;
    this.unknown = unknown;
  }

  /**
   * What that launch is to do.
   *
   * @throws ferry.error.UserException where a placeholder has no value
   */
  static AttemptSpec of(Plan plan, RunState state, Launch launch) {
    return new AttemptSpecs(state, launch.stepRun(), Unknown.REFUSED).spec(plan, launch);
  }

  /** The same before there are values: each stands in its braces. */
  static AttemptSpec preview(Plan plan, RunState state, Launch launch) {
    return new AttemptSpecs(state, launch.stepRun(), Unknown.SHOWN).spec(plan, launch);
  }

  /** The same before there are values: each is a variable. */
  static Outline outline(Plan plan, RunState state, Launch launch) {
    var specs = new AttemptSpecs(state, launch.stepRun(), Unknown.AWAITED);
    var spec = specs.spec(plan, launch);
    return new Outline(spec, specs.awaited);
  }

  private AttemptSpec spec(Plan plan, Launch launch) {
    var step = launch.step();
    variables.put("FERRY_RUN", plan.id().value());
    variables.put("FERRY_STEP", stepRun.name());
    if (state.dag().isFinally(stepRun.step())) {
      variables.put("FERRY_RUN_STATE", state.outcomeSoFar().word());
    }
    state
        .workflow()
        .params()
        .forEach((name, value) -> variables.put(StepVariables.ofParameter(name), value));
    stepRun.each().forEach((name, value) -> variables.put(StepVariables.ofParameter(name), value));
    step.foreach().ifPresent(foreach -> awaitAll(foreach.variables().keySet()));
    step.surroundings().env().forEach((name, value) -> variables.put(name, filled(value)));
    return new AttemptSpec(
        new AttemptId(plan.id(), stepRun.name(), launch.attempt()),
        command(step.command()),
        variables,
        step.surroundings().secrets(),
        step.resources(),
        step.timeout(),
        step.surroundings().requirements().map(this::filled),
        files(step.files()));
  }

  /** A command may read a variable by its own name. */
  private void awaitAll(Set<String> names) {
    names.stream().filter(this::isAwaited).forEach(this::awaited);
  }

  private Command command(Command command) {
    return switch (command) {
      case Command.Shell(var script) ->
          new Command.Shell(ShellTemplate.parse(script).render(this::shellValue));
      case Command.Exec(var argv) ->
          new Command.Exec(
              argv.stream().map(word -> PlainTemplate.renderKnown(word, this::known)).toList());
    };
  }

  /**
   * A value that only the run knows travels as a variable, every other is written into the command.
   */
  private Optional<ShellTemplate.Value> shellValue(String name) {
    if (isAwaited(name)) {
      return Optional.of(new ShellTemplate.Value.AtRunTime(awaited(name)));
    }
    var value = Optional.of(required(name));
    if (isListed(name)) {
      var variable = StepVariables.ofParameter(name);
      return Optional.of(new ShellTemplate.Value.AtRunTime(variable));
    }
    if (name.indexOf('.') < 0) {
      return value.map(ShellTemplate.Value.Known::new);
    }
    var variable = ownVariable(name, value.get());
    variables.put(variable, value.get());
    return Optional.of(new ShellTemplate.Value.AtRunTime(variable));
  }

  /** Names of letters that variables cannot have look alike: none takes the place of another. */
  private String ownVariable(String name, String value) {
    var variable = StepVariables.ofValue(name);
    while (!variables.getOrDefault(variable, value).equals(value)) {
      variable += "_";
    }
    return variable;
  }

  /** Whether the name is a variable of a list that a step put out. */
  private boolean isListed(String name) {
    return stepRun.each().containsKey(name)
        && state.dag().step(stepRun.step()).foreach().orElseThrow().variables().get(name)
            instanceof Foreach.Items.FromStep;
  }

  private StepFiles files(StepFiles files) {
    return new StepFiles(filled(files.inputs()), filled(files.outputs()), files.cache());
  }

  private List<String> filled(List<String> texts) {
    return texts.stream().map(this::filled).toList();
  }

  private String filled(String text) {
    return PlainTemplate.parse(text).render(name -> Optional.of(required(name)));
  }

  private Optional<String> known(String name) {
    return isAwaited(name) ? Optional.of(Outline.mark(awaited(name))) : state.value(stepRun, name);
  }

  /** Whether the name is a value that only the run will know. */
  private boolean isAwaited(String name) {
    return unknown == Unknown.AWAITED
        && state.value(stepRun, name).isEmpty()
        && (name.indexOf('.') >= 0
                && state.dag().position(name.substring(0, name.indexOf('.'))) >= 0
            || state
                .dag()
                .step(stepRun.step())
                .foreach()
                .filter(foreach -> foreach.variables().containsKey(name))
                .isPresent());
  }

  private String awaited(String name) {
    var variable =
        name.indexOf('.') < 0 ? StepVariables.ofParameter(name) : StepVariables.ofValue(name);
    while (!awaited.getOrDefault(variable, name).equals(name)) {
      variable += "_";
    }
    awaited.put(variable, name);
    return variable;
  }

  private String required(String name) {
    if (unknown == Unknown.SHOWN) {
      return known(name).orElse("{" + name + "}");
    }
    return known(name).orElseThrow(() -> new TemplateError.NoValueYet(name).thrown());
  }
}
