package ferry.submission;

import ferry.workflow.Command;
import ferry.workflow.Names;
import ferry.workflow.Placeholder;
import ferry.workflow.PlainTemplate;
import ferry.workflow.ShellTemplate;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
    var asked = new HashSet<>(workflow.params().keySet());
    workflow.allSteps().stream().flatMap(Parameters::names).forEach(asked::add);
    return given.stream()
        .filter(name -> !asked.contains(name))
        .map(name -> unused(name, asked))
        .toList();
  }

  private static String unused(String name, Set<String> asked) {
    var meant = Names.nearest(name, asked).map(near -> "; did you mean `" + near + "`?").orElse("");
    var variable = "$FERRY_PARAM_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
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
