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
    "labels",
    "data",
    "workspace",
    "project",
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

  private DeterminedFile(Source source, Foreign top, Wishes wishes, List<String> warnings) {
    this.source = source;
    this.top = top;
    this.wishes = wishes;
    this.warnings = warnings;
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
    var space = DeterminedSpace.read(top.inner("hyperparameters").orElseGet(this::nothing));
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
                top.neededInner("searcher", "for example `searcher: {name: single, …}`"))
            .read(space, seed, wishes);
    var entrypoint = entrypoint();
    var workflow = workflow(entrypoint, SearchFiles.samples(Map.of(), space));
    if (space.index("slots_per_trial") < 0) {
      resources();
    }
    top.rest(HOUSEKEEPING);
    return new Reading(workflow, search, FORMAT, warnings, refusal(entrypoint));
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
        Step.named(STEP, new DeterminedKeeping(top).read(command))
            .retries(new Retries((int) restarts, Duration.ZERO))
            .surroundings(new Surroundings(environment(), Map.of(), Optional.empty()))
            .build();
    return new Workflow(name(), params, List.of(step), List.of(), Optional.empty());
  }

  private String name() {
    var description = top.text("description");
    return Names.from(
        top.text("name").or(() -> description).orElseGet(() -> WorkflowFiles.nameFor(source)),
        "experiment");
  }

  private Map<String, String> environment() {
    var variables = new LinkedHashMap<String, String>();
    top.inner("environment")
        .ifPresent(inner -> {
          inner
              .node("image")
              .ifPresent(_ -> inner.warn("image", "is not used where trials are local processes"));
          var node = inner.node("environment_variables");
          if (node.isPresent() && node.get() instanceof Node.Sequence) {
            inner.texts("environment_variables").forEach(pair -> put(variables, inner, pair));
          } else if (node.isPresent()) {
            var cpu = inner.inner(node.get(), "environment_variables");
            cpu.texts("cpu").forEach(pair -> put(variables, inner, pair));
            cpu.rest("cuda", "rocm", "gpu");
          }
          inner.rest(
              "force_pull_image",
              "registry_auth",
              "pod_spec",
              "add_capabilities",
              "drop_capabilities",
              "proxy_ports",
              "ports",
              "podman_args");
        });
    return variables;
  }

  private static void put(Map<String, String> variables, Foreign inner, String pair) {
    int equals = pair.indexOf('=');
    if (equals < 1) {
      throw inner.bad("environment_variables", "`" + pair + "`", "texts like `NAME=VALUE`");
    }
    variables.put(
        pair.substring(0, equals),
        pair.substring(equals + 1).replaceAll("\\{([\\w.-]+)}", "{{$1}}"));
  }

  private void resources() {
    top.inner("resources")
        .ifPresent(inner -> {
          var slots = inner.number("slots_per_trial", 0);
          if (slots.orElse(1) > 1) {
            inner.warn(
                "slots_per_trial", "is left aside: `--gpu N` or `--cpu N` says what a trial takes");
          }
          inner.rest(
              "max_slots",
              "weight",
              "priority",
              "resource_pool",
              "shm_size",
              "is_single_node",
              "devices",
              "native_parallel",
              "slots",
              "agent_label");
        });
  }
}
