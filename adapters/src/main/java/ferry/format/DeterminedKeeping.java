package ferry.format;

import ferry.backend.Checkpoints;
import ferry.backend.Labels;
import ferry.backend.LogPolicies;
import ferry.workflow.Command;
import ferry.workflow.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What Determined mounts into trials, keeps of them and makes of their logs: checked as it checks
 * it, done where a process of this machine can have it, and else told in words.
 */
final class DeterminedKeeping {
  private static final List<String> POLICIES = List.of("best", "all", "none");
  private static final List<String> STORAGES =
      List.of("shared_fs", "s3", "gcs", "azure", "directory");
  private static final String[] OF_STORAGE = {
    "propagation",
    "checkpoint_path",
    "tensorboard_path",
    "bucket",
    "prefix",
    "access_key",
    "secret_key",
    "endpoint_url",
    "container",
    "connection_string",
    "account_url",
    "credential",
    "container_path"
  };
  private static final long MOST_KEPT = 1_000_000;
  private static final String EACH =
      "each trial's directory $FERRY_CHECKPOINT_DIR is kept as the trial leaves it, until `ferry"
          + " rm`";

  private final Foreign top;
  private final DeterminedLogs logs;
  private Map<String, String> setting = Map.of();

  DeterminedKeeping(Foreign top) {
    this.top = top;
    this.logs = new DeterminedLogs(top);
  }

  /** What of it the plan of a trial holds, once it was read. */
  Map<String, String> setting() {
    return setting;
  }

  /** Reads all of it; gives the command with what is to be mounted, as links, made before it. */
  Command read(Command command) {
    policy();
    storage();
    setting = LogPolicies.noRetry(setting, logs.read());
    setting = Labels.put(setting, labels());
    var links = mounts();
    if (links.isEmpty()) {
      return command;
    }
    return switch (command) {
      case Command.Shell(var script) -> new Command.Shell(links + script);
      case Command.Exec(var argv) -> {
        var words = new ArrayList<>(List.of("sh", "-c", links + "exec \"$@\"", "sh"));
        words.addAll(argv);
        yield new Command.Exec(words);
      }
    };
  }

  /** Each in one line, none twice. */
  private List<String> labels() {
    return top.texts("labels").stream()
        .map(label -> label.strip().replaceAll("\\s+", " "))
        .filter(label -> !label.isEmpty())
        .distinct()
        .toList();
  }

  private void policy() {
    var policy = top.word("checkpoint_policy", POLICIES);
    if (policy.filter("all"::equals).isEmpty() && policy.isPresent()) {
      top.warn("checkpoint_policy", "is the script's own here: it saves when it likes");
    }
  }

  /** Where trials keep nothing of their own, only the directories of the best ones stay. */
  private void storage() {
    top.inner("checkpoint_storage")
        .ifPresent(inner -> {
          inner.word("type", STORAGES);
          checkPath(inner);
          long ofAll = inner.number("save_experiment_best", 0, MOST_KEPT).orElse(0);
          long best = inner.number("save_trial_best", 0, MOST_KEPT).orElse(1);
          long latest = inner.number("save_trial_latest", 0, MOST_KEPT).orElse(1);
          known(inner);
          if (best == 0 && latest == 0) {
            setting = Checkpoints.keepBest(setting, (int) ofAll);
            top.warn(
                "checkpoint_storage",
                "is Ferry's home here: when the search has ended, $FERRY_CHECKPOINT_DIR of "
                    + (ofAll == 0
                        ? "every trial goes"
                        : "all but the " + ofAll + " best trials goes"));
          } else {
            top.warn("checkpoint_storage", "is Ferry's home here: " + EACH);
          }
        });
  }

  /** Keys of the storage itself have no meaning in Ferry's home, and need no warning each. */
  private static void known(Foreign inner) {
    for (var key : OF_STORAGE) {
      inner.node(key);
    }
    inner.rest();
  }

  private static void checkPath(Foreign inner) {
    var host = inner.text("host_path");
    var path = inner.text("storage_path").orElse("");
    boolean isBelow = !path.startsWith("/") || path.startsWith(host.orElse("/") + "/");
    if (host.isPresent() && !host.get().startsWith("/")) {
      throw inner.bad("host_path", "`" + host.get() + "`", "a path that begins with `/`");
    }
    if (!isBelow && !path.equals(host.orElse(""))) {
      throw inner.bad(
          "storage_path",
          "`" + path + "`",
          "a path below `host_path`, which is " + host.orElse("/"));
    }
  }

  private String mounts() {
    var links = new StringBuilder();
    for (var mount : top.inners("bind_mounts")) {
      var from = mount.neededText("host_path");
      var to = mount.neededText("container_path");
      boolean isReadOnly = mount.truth("read_only", false);
      if (!from.startsWith("/")) {
        throw mount.bad("host_path", "`" + from + "`", "a path that begins with `/`");
      }
      if (to.equals(".") || to.isEmpty()) {
        throw mount.bad("container_path", "`" + to + "`", "a path other than the directory itself");
      }
      mount.rest("propagation");
      if (!to.startsWith("/")) {
        links.append(link(word(from), word(to)));
        mount.warn("container_path", "becomes a link to `" + from + "` in a trial's directory");
      } else if (!to.equals(from)) {
        mount.warn(
            "container_path",
            "is not made here: a trial is a process of this machine and finds `" + from + "`");
      }
      if (isReadOnly) {
        mount.warn("read_only", "is not held here: a trial may write what its user may write");
      }
    }
    return links.toString();
  }

  /** Makes a link where nothing is; both are quoted words. */
  private static String link(String from, String to) {
    return "[ -e %2$s ] || { mkdir -p \"$(dirname %2$s)\" && ln -s %1$s %2$s; } || exit 126\n"
        .formatted(from, to);
  }

  /** A word for the shell in which nothing is a placeholder. */
  private static String word(String text) {
    return ShellWords.quoted(text).replaceAll("\\{([\\w.-]+)}", "{{$1}}");
  }
}
