package ferry.format;

import ferry.error.FileError;
import ferry.error.UserException;
import ferry.experiment.SearchReader.Reading;
import ferry.experiment.SearchReader.Wishes;
import ferry.workflow.Command;
import ferry.workflow.Names;
import ferry.workflow.Retries;
import ferry.workflow.Step;
import ferry.workflow.Surroundings;
import ferry.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Determined's experiment configuration. Its entrypoint becomes the one step of every trial. */
final class DeterminedFile {
  static final String FORMAT = "Determined's experiment configuration";

  private static final Pattern CLASS = Pattern.compile("[\\w.]+:[\\w.]+");
  private static final int USUAL_RESTARTS = 5;
  private static final int MOST_RESTARTS = 100;
  private static final String STEP = "train";

  /** Keys that say how Determined itself keeps house. */
  private static final String[] HOUSEKEEPING = {
    "data",
    "min_checkpoint_period",
    "min_validation_period",
    "perform_initial_validation",
    "records_per_epoch",
    "scheduling_unit",
    "profiling",
    "optimizations",
    "integrations",
    "tensorboard_storage",
    "preemption_timeout",
    "slurm",
    "pbs",
    "security",
    "debug",
    "internal",
    "config_version"
  };

  private final Source source;
  private final Foreign top;
  private final Wishes wishes;
  private final List<String> warnings;
  private final DeterminedKeeping keeping;
  private final DeterminedSurroundings around;

  private DeterminedFile(Source source, Foreign top, Wishes wishes, List<String> warnings) {
    this.source = source;
    this.top = top;
    this.wishes = wishes;
    this.warnings = warnings;
    this.keeping = new DeterminedKeeping(top);
    this.around = new DeterminedSurroundings(top);
  }

  static boolean isOne(Node.Mapping root) {
    return !root.has("steps")
        && (root.has("searcher") || root.has("entrypoint") && root.has("hyperparameters"));
  }

  static Reading read(Source source, Node.Mapping root, Wishes wishes) {
    var warnings = new ArrayList<String>();
    var top = new Foreign(source, root, "", warnings);
    return new DeterminedFile(source, top, wishes, warnings).read();
  }

  private Reading read() {
    var asked = new ForeignSearch(wishes, "say how many values a grid visits, like `count: 5`");
    var space = DeterminedSpace.read(top.inner("hyperparameters").orElseGet(this::nothing), asked);
    long seed =
        top.inner("reproducibility")
            .map(inner -> {
              var found = inner.number("experiment_seed", 0).orElse(wishes.seed());
              inner.rest();
              return found;
            })
            .orElse(wishes.seed());
    var search =
        new DeterminedSearcher(
                top.neededInner("searcher", "for example `searcher: {name: single, …}`"), asked)
            .read(space, seed);
    var entrypoint = entrypoint();
    var workflow = workflow(entrypoint, SearchFiles.samples(Map.of(), space));
    around.resources(space.index("slots_per_trial") < 0);
    if (top.node("workspace").isPresent() != top.node("project").isPresent()) {
      top.needed(top.node("project").isPresent() ? "workspace" : "project", "both, or neither");
    }
    top.warnOf("workspace", "project");
    top.rest(HOUSEKEEPING);
    return new Reading(workflow, search, FORMAT, warnings, refusal(entrypoint))
        .in(around.image())
        .with(setting());
  }

  private Map<String, String> setting() {
    var setting = new LinkedHashMap<>(around.setting(source.name()));
    setting.putAll(keeping.setting());
    return setting;
  }

  private Foreign nothing() {
    return new Foreign(
        source, new Node.Mapping(top.mapping().span(), List.of()), "hyperparameters.", warnings);
  }

  /** The words of the command; one word is a line for the shell, or a class. */
  private List<String> entrypoint() {
    var node =
        top.needed("entrypoint", "the command that trains, like `entrypoint: python train.py`");
    var words =
        node instanceof Node.Sequence
            ? top.texts("entrypoint")
            : List.of(top.neededText("entrypoint"));
    if (words.isEmpty() || words.getFirst().isBlank()) {
      throw top.bad("entrypoint", "empty", "the command that trains");
    }
    return words;
  }

  private Optional<UserException> refusal(List<String> entrypoint) {
    var word = entrypoint.isEmpty() ? "" : entrypoint.getFirst();
    if (entrypoint.size() != 1 || !CLASS.matcher(word).matches()) {
      return Optional.empty();
    }
    var error =
        new FileError.WrongType(
            "`entrypoint`",
            "the trial class `" + word + "`, which only Determined's own harness can run",
            "a command that trains",
            List.of(
                "write a script that trains and prints the metric, and `entrypoint: python"
                    + " train.py`",
                "it finds the hyperparameters as JSON in the file that $FERRY_PARAMS names, and"
                    + " as {name} in the command"));
    return Optional.of(new UserException(error, top.place("entrypoint")));
  }

  private Workflow workflow(List<String> entrypoint, Map<String, String> params) {
    var known = params.keySet();
    Command command =
        entrypoint.size() == 1
            ? new Command.Shell(Template.literal(entrypoint.getFirst(), known))
            : new Command.Exec(entrypoint);
    long restarts = top.number("max_restarts", 0).orElse(USUAL_RESTARTS);
    if (restarts > MOST_RESTARTS) {
      throw top.bad("max_restarts", "`" + restarts + "`", "at most " + MOST_RESTARTS);
    }
    var step =
        Step.named(STEP, keeping.read(command))
            .retries(new Retries((int) restarts, Duration.ZERO))
            .surroundings(new Surroundings(around.environment(), Map.of(), Optional.empty()))
            .build();
    return new Workflow(name(), params, List.of(step), List.of(), Optional.empty());
  }

  private String name() {
    var description = top.text("description");
    return Names.from(
        top.text("name").or(() -> description).orElseGet(() -> WorkflowFiles.nameFor(source)),
        "experiment");
  }
}
