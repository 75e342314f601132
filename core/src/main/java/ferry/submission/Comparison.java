package ferry.submission;

import ferry.backend.CodeKeeper;
import ferry.tracking.RunRecord;
import ferry.workflow.Command;
import ferry.workflow.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** What differs between two runs. Values of environment variables may be secret: names only. */
public final class Comparison {
  private final CodeKeeper code;
  private final List<Difference> found = new ArrayList<>();

  private Comparison(CodeKeeper code) {
    this.code = code;
  }

  public static List<Difference> of(RunRecord left, RunRecord right, CodeKeeper code) {
    var comparison = new Comparison(code);
    comparison.compare(left, right);
    return List.copyOf(comparison.found);
  }

  private void compare(RunRecord left, RunRecord right) {
    var first = left.plan();
    var second = right.plan();
    texts("directory", first.place().directory(), second.place().directory());
    maps("command", steps(left, Comparison::command), steps(right, Comparison::command));
    maps(
        "requirements",
        steps(left, Comparison::requirements),
        steps(right, Comparison::requirements));
    maps("parameter", first.workflow().params(), second.workflow().params());
    code(left, right);
    environment(first.place().environment(), second.place().environment());
    texts("outcome", left.summary().status().word(), right.summary().status().word());
    maps("step", outcomes(left), outcomes(right));
  }

  private void texts(String what, String left, String right) {
    if (!left.equals(right)) {
      found.add(new Difference(what, Optional.empty(), Optional.of(left), Optional.of(right)));
    }
  }

  private void maps(String what, Map<String, String> left, Map<String, String> right) {
    for (var name : names(left, right)) {
      var first = Optional.ofNullable(left.get(name));
      var second = Optional.ofNullable(right.get(name));
      if (!first.equals(second)) {
        found.add(new Difference(what, Optional.of(name), first, second));
      }
    }
  }

  private static Iterable<String> names(Map<String, String> left, Map<String, String> right) {
    var names = new TreeSet<>(left.keySet());
    names.addAll(right.keySet());
    return names;
  }

  private void environment(Map<String, String> left, Map<String, String> right) {
    for (var name : names(left, right)) {
      if (!Objects.equals(left.get(name), right.get(name))) {
        boolean both = left.containsKey(name) && right.containsKey(name);
        found.add(
            new Difference(
                "environment",
                Optional.of(name),
                both ? Optional.of("one value") : presence(left, name),
                both ? Optional.of("another value") : presence(right, name)));
      }
    }
  }

  private static Optional<String> presence(Map<String, String> environment, String name) {
    return environment.containsKey(name) ? Optional.of("set") : Optional.empty();
  }

  private void code(RunRecord left, RunRecord right) {
    var first = left.plan().code();
    var second = right.plan().code();
    if (first.snapshot().isEmpty() || second.snapshot().isEmpty()) {
      if (!first.equals(second)) {
        found.add(new Difference("code", Optional.empty(), first.commit(), second.commit()));
      }
      return;
    }
    for (var file : code.diff(first.snapshot().get(), second.snapshot().get())) {
      var change = Optional.of(file.path());
      found.add(
          switch (file.change()) {
            case ADDED -> new Difference("file", change, Optional.empty(), Optional.of("added"));
            case REMOVED ->
                new Difference("file", change, Optional.of("removed"), Optional.empty());
            case CHANGED ->
                new Difference("file", change, Optional.of("one content"), Optional.of("another"));
          });
    }
  }

  private static Map<String, String> steps(RunRecord run, Function<Step, Optional<String>> value) {
    var values = new LinkedHashMap<String, String>();
    for (var step : run.plan().workflow().allSteps()) {
      value.apply(step).ifPresent(text -> values.put(step.name(), text));
    }
    return values;
  }

  private static Optional<String> command(Step step) {
    return Optional.of(
        switch (step.command()) {
          case Command.Shell(String script) -> script;
          case Command.Exec exec -> String.join(" ", exec.argv());
        });
  }

  private static Optional<String> requirements(Step step) {
    return step.surroundings().requirements();
  }

  private static Map<String, String> outcomes(RunRecord run) {
    var outcomes = new LinkedHashMap<String, String>();
    run.steps().forEach(step -> outcomes.put(step.name(), step.state()));
    return outcomes;
  }
}
