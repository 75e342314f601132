package ferry.kubernetes.argo;

import ferry.backend.Plan;
import ferry.engine.Outline;
import ferry.error.SystemError;
import ferry.run.RunState;
import ferry.run.StepRun;
import ferry.run.StepState;
import ferry.workflow.Dag;
import ferry.workflow.Foreach;
import ferry.workflow.Foreach.Items;
import ferry.workflow.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What was left of a run for Argo to do when it last set out, as tasks: the same whatever has
 * happened since, so that whoever looks at a Workflow later knows what each of its tasks is.
 */
final class Tasks {
  /** The templates that hold the others. */
  static final String STEPS = "steps";

  static final String FINALLY = "finally";
  private static final int LONGEST_NAME = 40;

  /** What a condition over tasks means something else by; a task of that name could not follow. */
  private static final Set<String> WORDS_OF_CONDITIONS =
      Set.of(
          "true",
          "false",
          "nil",
          "not",
          "and",
          "or",
          "in",
          "matches",
          "contains",
          "let",
          "if",
          "else");

  private final Plan plan;
  private final RunState state;
  private final UnaryOperator<Task> each;
  private final Map<Integer, List<Task>> byPosition = new TreeMap<>();
  private final Map<String, Task> byName = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>(Set.of(STEPS, FINALLY));

  private Tasks(Plan plan, RunState state, UnaryOperator<Task> each) {
    this.plan = plan;
    this.state = state;
    this.each = each;
    for (int i = 0; i < state.size(); i++) {
      var stepRun = state.stepRun(i);
      if (!(stepRun.state() instanceof StepState.Succeeded)) {
        add(stepRun, dag().step(stepRun.step()));
      }
    }
  }

  /**
   * The tasks of a run's newest Workflow.
   *
   * @throws ferry.error.UserException for a workflow that Argo cannot walk
   */
  static Tasks of(Plan plan, RunState state) {
    return of(plan, state, UnaryOperator.identity());
  }

  /**
   * The same.
   *
   * @param each what is made of each task
   */
  static Tasks of(Plan plan, RunState state, UnaryOperator<Task> each) {
    return new Tasks(plan, state.beginning(), each);
  }

  private void add(StepRun stepRun, Step step) {
    var lists = lists(step);
    if (lists.isEmpty() || !stepRun.each().isEmpty()) {
      put(stepRun, step, Optional.empty());
      return;
    }
    if (lists.size() > 1) {
      throw refused(
          "`%s` repeats over two lists that steps put out".formatted(step.name()),
          "put out one list of both");
    }
    var list = lists.getFirst();
    if (dag().step(dag().position(list.source().step())).foreach().isPresent()) {
      throw refused(
          "`%s` repeats over what each of `%s` put out"
              .formatted(step.name(), list.source().step()),
          "let a step between them put out one list");
    }
    for (var each : combinations(step.foreach().orElseThrow())) {
      var one =
          new StepRun(
              stepRun.index(),
              stepRun.name(),
              stepRun.step(),
              each,
              stepRun.state(),
              stepRun.failures(),
              stepRun.values());
      put(one, step, Optional.of(list));
    }
  }

  static RuntimeException refused(String message, String help) {
    return new SystemError.Unavailable(
            message + ", which Argo cannot do", List.of(help, "or run it with `--on kubernetes`"))
        .thrown();
  }

  private static List<Task.ListOf> lists(Step step) {
    var lists = new ArrayList<Task.ListOf>();
    step.foreach()
        .ifPresent(foreach ->
            foreach
                .variables()
                .forEach((variable, items) -> {
                  if (items instanceof Items.FromStep source) {
                    lists.add(new Task.ListOf(variable, source));
                  }
                }));
    return lists;
  }

  /** Every combination of what is known. */
  private static List<Map<String, String>> combinations(Foreach foreach) {
    List<Map<String, String>> all = List.of(Map.of());
    for (var variable : foreach.variables().entrySet()) {
      if (variable.getValue() instanceof Items.Listed(var values)) {
        var longer = new ArrayList<Map<String, String>>();
        for (var start : all) {
          for (var value : values) {
            var combination = new LinkedHashMap<>(start);
            combination.put(variable.getKey(), value);
            longer.add(combination);
          }
        }
        all = longer;
      }
    }
    return all;
  }

  private void put(StepRun stepRun, Step step, Optional<Task.ListOf> list) {
    var outline = Outline.of(plan, state, stepRun);
    int base = outline.spec().id().number() - 1;
    var name = name(step, step.foreach().isPresent());
    var task = each.apply(new Task(name, stepRun, step, list, stepRun.each(), outline, base));
    byPosition.computeIfAbsent(stepRun.step(), _ -> new ArrayList<>()).add(task);
    byName.put(name, task);
  }

  /** As the step is called, as far as Argo and the language of its conditions take it. */
  private String name(Step step, boolean isOneOfMany) {
    var plain =
        step.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    var cut = plain.substring(0, Math.min(plain.length(), LONGEST_NAME)).replaceAll("-+$", "");
    boolean isNoName =
        cut.isEmpty() || !Character.isLetter(cut.charAt(0)) || WORDS_OF_CONDITIONS.contains(cut);
    var start = isNoName ? "s-" + cut : cut;
    start = start.endsWith("-") ? start.substring(0, start.length() - 1) : start;
    int number = 0;
    var name = isOneOfMany ? start + "-" + number : start;
    while (!taken.add(name)) {
      number++;
      name = start + "-" + number;
    }
    return name;
  }

  Dag dag() {
    return state.dag();
  }

  RunState state() {
    return state;
  }

  /** The tasks of a step; none where all of it has succeeded before. */
  List<Task> at(int position) {
    return byPosition.getOrDefault(position, List.of());
  }

  List<Task> all() {
    return List.copyOf(byName.values());
  }

  boolean isFinally(Task task) {
    return dag().isFinally(task.position());
  }

  Optional<Task> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** When the tasks before have ended well: none failed, and not all of a step were skipped. */
  Optional<String> depends(Task task) {
    var all = new ArrayList<String>();
    for (int before : dag().before(task.position())) {
      if (!at(before).isEmpty()) {
        all.add(good(before));
      }
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(" && ", all));
  }

  private String good(int position) {
    var tasks = at(position);
    var step = dag().step(position);
    if (tasks.size() == 1 && tasks.getFirst().list().isEmpty()) {
      return tasks.getFirst().name() + ".Succeeded";
    }
    var none = new ArrayList<String>();
    var some = new ArrayList<String>();
    for (var task : tasks) {
      boolean maySkip = step.when().isPresent() || task.list().isPresent();
      some.add(task.name() + ".Succeeded");
      none.add(
          maySkip
              ? "(%1$s.Succeeded || %1$s.Skipped)".formatted(task.name())
              : task.name() + ".Succeeded");
    }
    boolean mustOne = step.when().isPresent() && !hasSucceeded(position) && tasks.size() > 1;
    var all = String.join(" && ", none);
    return mustOne ? all + " && (" + String.join(" || ", some) + ")" : all;
  }

  private boolean hasSucceeded(int position) {
    for (int i = 0; i < state.size(); i++) {
      var stepRun = state.stepRun(i);
      if (stepRun.step() == position && stepRun.state() instanceof StepState.Succeeded) {
        return true;
      }
    }
    return false;
  }
}
