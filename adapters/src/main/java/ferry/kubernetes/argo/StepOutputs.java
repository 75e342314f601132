package ferry.kubernetes.argo;

import ferry.workflow.Foreach.Items;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the steps of a run put out that others of it use, as parameters of Argo: one for each name
 * and way of using it.
 */
final class StepOutputs {
  /** What stands for a value that a step did not put out. */
  static final String MISSING = "%-";

  /** How a value is used. */
  enum Use {
    /** As it is. */
    VALUE("v"),
    /** As one of a JSON list of what each step run put out. */
    ENTRY("j"),
    /** As a JSON list, for each of whose values there is a step run. */
    LIST("l");

    final String prefix;

    Use(String prefix) {
      this.prefix = prefix;
    }
  }

  /** One parameter; its name in Argo is the file's name too. */
  record Output(String parameter, String name, Use use) {}

  private final Tasks tasks;
  private final Map<String, Set<Output>> byStep = new LinkedHashMap<>();

  StepOutputs(Tasks tasks) {
    this.tasks = tasks;
    for (var task : tasks.all()) {
      task.outline().awaited().values().forEach(this::use);
      task.step()
          .when()
          .ifPresent(when ->
              when.names().stream()
                  .filter(name -> tasks.state().value(task.stepRun(), name).isEmpty())
                  .forEach(this::use));
      task.list().ifPresent(list -> add(list.source(), Use.LIST));
    }
  }

  private void use(String name) {
    int dot = name.indexOf('.');
    if (dot >= 0) {
      var source = new Items.FromStep(name.substring(0, dot), name.substring(dot + 1));
      add(source, isRepeated(source.step()) ? Use.ENTRY : Use.VALUE);
    }
  }

  private boolean isRepeated(String step) {
    return tasks.dag().step(tasks.dag().position(step)).foreach().isPresent();
  }

  private Output add(Items.FromStep source, Use use) {
    var all = byStep.computeIfAbsent(source.step(), _ -> new LinkedHashSet<>());
    for (var known : all) {
      if (known.name().equals(source.value()) && known.use() == use) {
        return known;
      }
    }
    var output = new Output(use.prefix + all.size(), source.value(), use);
    all.add(output);
    return output;
  }

  /** What a step puts out. */
  List<Output> of(String step) {
    return List.copyOf(byStep.getOrDefault(step, Set.of()));
  }

  /** The name under which Argo knows an output in the whole Workflow, for its exit handler. */
  static String global(Task task, Output output) {
    return task.name() + "-" + output.parameter();
  }

  /** The list that a task repeats over, in Argo's words. */
  String list(Task.ListOf list) {
    var output = add(list.source(), Use.LIST);
    var source = tasks.at(tasks.dag().position(list.source().step())).getFirst();
    return "{{tasks.%s.outputs.parameters.%s}}".formatted(source.name(), output.parameter());
  }

  /** A value for a task's argument, in Argo's words. */
  String argument(Task user, String name) {
    if (name.indexOf('.') < 0) {
      return "{{item}}";
    }
    var output = output(name);
    var sources = sources(name);
    if (tasks.isFinally(user) && !tasks.isFinally(sources.getFirst())) {
      if (sources.getFirst().list().isPresent()) {
        throw Tasks.refused(
            "`%s` of finally uses what each of `%s` put out, which repeats over a list that a step puts out"
                .formatted(user.step().name(), sources.getFirst().step().name()),
            "let a step after it put out one value");
      }
      return sources.size() == 1 && output.use() == Use.VALUE
          ? "{{=" + global(sources.getFirst(), output, MISSING) + "}}"
          : entries(sources, task -> global(task, output, ""));
    }
    if (output.use() == Use.VALUE) {
      return "{{tasks.%s.outputs.parameters.%s}}"
          .formatted(sources.getFirst().name(), output.parameter());
    }
    if (sources.size() == 1 && sources.getFirst().list().isPresent()) {
      return "{{tasks.%s.outputs.parameters.%s}}"
          .formatted(sources.getFirst().name(), output.parameter());
    }
    return sources.getFirst().list().isPresent()
        ? "{{='[' + " + interleaved(sources, output) + " + ']'}}"
        : entries(sources, task -> ofTask(task, output, ""));
  }

  /** Of several lists, in the order of the variables as they are written. */
  private static String interleaved(List<Task> sources, Output output) {
    var groups = new LinkedHashMap<List<String>, List<String>>();
    for (var task : sources) {
      var variables = List.copyOf(task.step().foreach().orElseThrow().variables().keySet());
      var before = variables.subList(0, variables.indexOf(task.list().orElseThrow().variable()));
      groups
          .computeIfAbsent(
              before.stream().map(name -> task.each().getOrDefault(name, "")).toList(),
              _ -> new ArrayList<>())
          .add("fromJSON(%s)".formatted(ofTask(task, output, "[]")));
    }
    var all = new ArrayList<String>();
    groups
        .values()
        .forEach(lists -> {
          var one = lists.stream().map(list -> list + "[#]").toList();
          all.add(
              "join(map(0..(len(%s) - 1), {%s}), ',')"
                  .formatted(lists.getFirst(), String.join(" + ',' + ", one)));
        });
    return String.join(" + ',' + ", all);
  }

  private static String entries(
      List<Task> sources, java.util.function.Function<Task, String> expression) {
    var all = new ArrayList<String>();
    sources.forEach(task -> all.add("{{=" + expression.apply(task) + "}}"));
    return "[" + String.join(",", all) + "]";
  }

  /** A value in an expression of Argo's. */
  String expression(Task user, String name) {
    if (name.indexOf('.') < 0) {
      return "item";
    }
    var source = sources(name).getFirst();
    var output = output(name);
    return tasks.isFinally(user) && !tasks.isFinally(source)
        ? global(source, output, MISSING)
        : ofTask(source, output, MISSING);
  }

  private static String ofTask(Task task, Output output, String otherwise) {
    return "(tasks['%s']?.outputs?.parameters?.%s ?? '%s')"
        .formatted(task.name(), output.parameter(), otherwise);
  }

  private static String global(Task task, Output output, String otherwise) {
    return "(workflow?.outputs?.parameters?.['%s'] ?? '%s')"
        .formatted(global(task, output), otherwise);
  }

  private Output output(String name) {
    int dot = name.indexOf('.');
    var source = new Items.FromStep(name.substring(0, dot), name.substring(dot + 1));
    return add(source, isRepeated(source.step()) ? Use.ENTRY : Use.VALUE);
  }

  private List<Task> sources(String name) {
    return tasks.at(tasks.dag().position(name.substring(0, name.indexOf('.'))));
  }
}
