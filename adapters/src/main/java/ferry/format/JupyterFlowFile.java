package ferry.format;

import ferry.error.DefinitionError;
import ferry.error.FileError;
import ferry.error.UserException;
import ferry.workflow.Command;
import ferry.workflow.Dag;
import ferry.workflow.Names;
import ferry.workflow.Schedule;
import ferry.workflow.Step;
import ferry.workflow.StepNames;
import ferry.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * JupyterFlow's workflow.yaml: numbered jobs, and chains of numbers. Its jobs are plain shell in
 * both of its modes, and braces in them stay as they are but for the names of parameters that were
 * given beside the file.
 */
final class JupyterFlowFile {
  static final String FORMAT = "JupyterFlow's workflow.yaml";

  private static final Set<String> MODES = Set.of("exec", "shell");

  private final Source source;
  private final Fields top;
  private final Schedules schedules;
  private final List<String> warnings = new ArrayList<>();
  private final List<Node.Scalar> jobs = new ArrayList<>();
  private final List<Set<Integer>> before = new ArrayList<>();

  /** In which chain one job, by its position, is followed by another. */
  private final Map<List<Integer>, Node.Scalar> chains = new HashMap<>();

  private JupyterFlowFile(Source source, Node.Mapping root, Schedules schedules) {
    this.source = source;
    this.top =
        Fields.of(source, "the workflow", known(source, root, warnings), JupyterFlowKeys.WORKFLOW);
    this.schedules = schedules;
  }

  /** A workflow, and a word on each key that means nothing here. */
  record Read(Workflow workflow, List<String> warnings) {}

  static Read read(
      Source source, Node.Mapping root, Schedules schedules, Map<String, String> given) {
    var file = new JupyterFlowFile(source, root, schedules);
    return new Read(file.workflow(given), file.warnings);
  }

  /** JupyterFlow takes any key; one that is nearly a known one is refused all the same. */
  private static Node.Mapping known(Source source, Node.Mapping root, List<String> warnings) {
    var names = JupyterFlowKeys.WORKFLOW.names();
    var kept = new ArrayList<Node.Entry>();
    for (var entry : root.entries()) {
      var key = entry.key().text();
      if (names.contains(key) || Names.nearest(key, names).isPresent()) {
        kept.add(entry);
      } else {
        var place = source.location(entry.key().span());
        warnings.add(
            "%s:%d: key `%s` means nothing here"
                .formatted(place.source(), place.line(), entry.key().shown()));
      }
    }
    return new Node.Mapping(root.span(), kept);
  }

  private Workflow workflow(Map<String, String> given) {
    jobs.addAll(commands());
    jobs.forEach(_ -> before.add(new LinkedHashSet<>()));
    top.text("cmd_mode").ifPresent(this::checkMode);
    var dags = top.texts("dags");
    dags.forEach(this::chain);
    var cron = top.text("schedule");
    cron.ifPresent(this::tellOfOverlap);
    var schedule = cron.map(this::schedule);
    var name =
        top.parsed(
            "name",
            text -> {
              Names.checkWorkflow(text);
              return text;
            });
    var steps = steps(given.keySet());
    try {
      var workflow =
          new Workflow(
              name.orElseGet(() -> WorkflowFiles.nameFor(source)),
              given,
              steps,
              List.of(),
              schedule);
      Dag.of(workflow);
      return workflow;
    } catch (UserException e) {
      if (e.error() instanceof DefinitionError.Cycle(var path, var _)) {
        throw circle(path, steps.stream().map(Step::name).toList());
      }
      throw e.at(source.location(dags.isEmpty() ? top.mapping().span() : dags.getFirst().span()));
    }
  }

  /** A circle by the numbers that stand in the chains. */
  private UserException circle(List<String> path, List<String> names) {
    var numbers = path.stream().map(names::indexOf).toList();
    var links = new ArrayList<String>();
    for (int i = 0; i + 1 < numbers.size(); i++) {
      links.add("`" + (numbers.get(i) + 1) + " >> " + (numbers.get(i + 1) + 1) + "`");
    }
    var last = numbers.subList(numbers.size() - 2, numbers.size());
    return top.error(
        new DefinitionError.Cycle(path, links), Objects.requireNonNull(chains.get(last)));
  }

  private List<Node.Scalar> commands() {
    var node = top.needed("jobs");
    if (!(node instanceof Node.Sequence list) || list.items().isEmpty()) {
      throw top.wrong(node, top.what("jobs"), "a list of commands");
    }
    return list.items().stream().map(this::command).toList();
  }

  private Node.Scalar command(Node item) {
    var command = top.text(item, "an entry of `jobs`", "a command");
    if (command.text().isBlank()) {
      throw top.error(new FileError.NoValue("an entry of `jobs`"), command);
    }
    Template.refuseUnclosedQuote(source, command);
    return command;
  }

  private void checkMode(Node.Scalar mode) {
    if (!MODES.contains(mode.text())) {
      throw top.wrong(mode, top.what("cmd_mode"), "`exec` or `shell`");
    }
  }

  private Schedule schedule(Node.Scalar cron) {
    return top.parsed("schedule", cron, text -> schedules.checked(text, schedules.zone()));
  }

  /** JupyterFlow's schedules have {@code concurrencyPolicy: Replace}. */
  private void tellOfOverlap(Node.Scalar cron) {
    var place = source.location(cron.span());
    warnings.add(
        "%s:%d: a run that still goes on when the next is due goes on beside it, which JupyterFlow ended: `ferry stop` ends it"
            .formatted(place.source(), place.line()));
  }

  /** {@code 1 >> 2 >> 3}. */
  private void chain(Node.Scalar chain) {
    Optional<Integer> previous = Optional.empty();
    for (var word : chain.text().split(">>", -1)) {
      int job = job(chain, word.strip());
      previous.ifPresent(number -> {
        before.get(job).add(number);
        chains.putIfAbsent(List.of(number, job), chain);
      });
      previous = Optional.of(job);
    }
  }

  private int job(Node.Scalar chain, String word) {
    if (!word.matches("[0-9]{1,6}")
        || Integer.parseInt(word) < 1
        || Integer.parseInt(word) > jobs.size()) {
      var found = word.isEmpty() ? "no number" : "`" + chain.shown() + "`";
      var expected = "numbers of jobs from 1 to " + jobs.size() + ", like `1 >> 2`";
      throw top.error(
          new FileError.WrongType("an entry of `dags`", found, expected, List.of()), chain);
    }
    return Integer.parseInt(word) - 1;
  }

  private List<Step> steps(Set<String> params) {
    var scripts = jobs.stream().map(job -> Template.literal(job.text(), params)).toList();
    var names = StepNames.of(scripts, scripts.stream().map(_ -> Optional.<String>empty()).toList());
    var steps = new ArrayList<Step>();
    for (int i = 0; i < names.size(); i++) {
      var after = before.get(i).stream().map(names::get).toList();
      var command = new Command.Shell(scripts.get(i));
      steps.add(Step.named(names.get(i), command).after(after).build());
    }
    return steps;
  }
}
