package ferry.submission;

import ferry.error.DefinitionError;
import ferry.error.RequestError;
import ferry.workflow.Command;
import ferry.workflow.Names;
import ferry.workflow.Placeholder;
import ferry.workflow.PlainTemplate;
import ferry.workflow.ShellTemplate;
import ferry.workflow.Step;
import ferry.workflow.StepVariables;
import ferry.workflow.Workflow;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which names commands use, and which of them stand for something. */
final class Parameters {
  private Parameters() {}

  /** Parameters, and those of the names that are values of a step that there is. */
  static Set<String> known(Workflow workflow, Collection<String> params, List<Placeholder> used) {
    var known = new HashSet<>(params);
    var steps = new HashSet<String>();
    workflow.allSteps().forEach(step -> steps.add(step.name()));
    for (var placeholder : used) {
      int dot = placeholder.name().indexOf('.');
      if (dot > 0 && steps.contains(placeholder.name().substring(0, dot))) {
        known.add(placeholder.name());
      }
    }
    return known;
  }

  /** A warning for each parameter that was given a value and that nothing asks for. */
  static List<String> unused(Workflow workflow, Set<String> given) {
    if (given.isEmpty()) {
      return List.of();
    }
    var asked = asked(workflow);
    return given.stream()
        .filter(name -> !asked.contains(name))
        .map(name -> unused(name, asked))
        .toList();
  }

  /** A warning for each searched parameter that no command names, or one for all of them. */
  static List<String> unusedInSearch(Workflow workflow, List<String> searched) {
    var asked = inCommands(workflow);
    var unused = searched.stream().filter(name -> !asked.contains(name)).toList();
    return unused.size() == searched.size() && unused.size() > 1
        ? List.of("no command uses a searched parameter; steps find all in the file $FERRY_PARAMS")
        : unused.stream().map(name -> unused(name, asked)).toList();
  }

  private static Set<String> asked(Workflow workflow) {
    var asked = inCommands(workflow);
    asked.addAll(workflow.params().keySet());
    return asked;
  }

  private static Set<String> inCommands(Workflow workflow) {
    var asked = new TreeSet<String>();
    workflow.allSteps().stream().flatMap(Parameters::names).forEach(asked::add);
    return asked;
  }

  /** Refuses names that are none; those of a search may have several parts with dots between. */
  static void refuseNames(Set<String> given) {
    for (var name : given) {
      if (!Stream.of(name.split("\\.", -1)).allMatch(Placeholder::isName)) {
        var expected =
            "letters, digits, `-` and `_`, no digit first, so that it can stand in `{name}`";
        throw new DefinitionError.BadName("parameter", name, expected).thrown();
      }
    }
  }

  /** The same for a file, whose parameters are those given beside its own: what it never names. */
  static List<String> unnamed(Workflow workflow, String file, Set<String> given) {
    var unnamed = given.stream().filter(name -> !file.contains(name)).toList();
    var asked = asked(workflow);
    unnamed.forEach(asked::remove);
    return unnamed.stream().map(name -> unused(name, asked)).toList();
  }

  /** Refuses a value for a parameter that a run before did not have. */
  static void refuseUnknown(Workflow workflow, Set<String> given) {
    if (given.isEmpty()) {
      return;
    }
    var asked = asked(workflow);
    for (var name : given) {
      if (!asked.contains(name)) {
        var known = asked.stream().filter(other -> other.indexOf('.') < 0).toList();
        throw new RequestError.UnknownParameter(name, Names.nearest(name, known), known).thrown();
      }
    }
  }

  /** Refuses names that become one environment variable: a step would find one value of the two. */
  static void refuseTwins(Workflow workflow) {
    var params = new HashMap<String, String>();
    workflow.params().keySet().forEach(name -> add(name, params));
    for (var step : workflow.allSteps()) {
      if (step.foreach().isPresent()) {
        var all = new HashMap<>(params);
        step.foreach().get().variables().keySet().forEach(name -> add(name, all));
      }
    }
  }

  private static void add(String name, Map<String, String> byVariable) {
    var variable = StepVariables.ofParameter(name);
    var other = byVariable.putIfAbsent(variable, name);
    if (other != null && !other.equals(name)) {
      throw new DefinitionError.SameVariable(other, name, variable).thrown();
    }
  }

  private static String unused(String name, Set<String> asked) {
    var meant = Names.nearest(name, asked).map(near -> "; did you mean `" + near + "`?").orElse("");
    var variable = "$" + StepVariables.ofParameter(name);
    return "no command uses the parameter `" + name + "`; steps find it as " + variable + meant;
  }

  private static Stream<String> names(Step step) {
    var inCommand =
        switch (step.command()) {
          case Command.Shell(String script) -> ShellTemplate.parse(script).placeholders().stream();
          case Command.Exec exec -> exec.argv().stream().flatMap(Parameters::plain);
        };
    var env = step.surroundings().env().values().stream().flatMap(Parameters::plain);
    return Stream.concat(inCommand, env).map(Placeholder::name);
  }

  private static Stream<Placeholder> plain(String text) {
    return PlainTemplate.parse(text).placeholders().stream();
  }
}
