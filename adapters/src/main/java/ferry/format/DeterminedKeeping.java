package ferry.format;

import ferry.workflow.Command;
import ferry.workflow.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What Determined mounts into trials, keeps of them and makes of their logs: checked as it checks
 * it, done where a process of this machine can have it, and else told in words.
 */
final class DeterminedKeeping {
  private static final List<String> POLICIES = List.of("best", "all", "none");
  private static final List<String> ACTIONS = List.of("cancel_retries", "exclude_node");
  private static final String KEPT =
      "Ferry keeps all that a trial saved in $FERRY_CHECKPOINT_DIR, until `ferry rm`";

  private final Foreign top;

  DeterminedKeeping(Foreign top) {
    this.top = top;
  }

  /** Reads all of it; gives the command with what is to be mounted, as links, made before it. */
  Command read(Command command) {
    policy();
    storage();
    logs();
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

  private void policy() {
    var policy = top.text("checkpoint_policy");
    if (policy.isPresent()) {
      oneOf(top, "checkpoint_policy", policy.get(), POLICIES);
      if (!policy.get().equals("all")) {
        top.warn("checkpoint_policy", "is as `all` here: " + KEPT);
      }
    }
  }

  private void storage() {
    top.inner("checkpoint_storage")
        .ifPresent(inner -> {
          inner.number("save_experiment_best", 0);
          inner.number("save_trial_best", 0);
          inner.number("save_trial_latest", 0);
          top.warn("checkpoint_storage", "is Ferry's home here: " + KEPT);
        });
  }

  private void logs() {
    top.inner("retention_policy")
        .ifPresent(inner -> {
          inner.number("log_retention_days", -1);
          inner.rest();
          top.warn(
              "retention_policy",
              "is set for all runs here: `ferry config retention 30d` deletes older ones");
        });
    for (var policy : top.inners("log_policies")) {
      var pattern = policy.text("pattern");
      var action = action(policy);
      policy.text("name");
      policy.rest();
      if (pattern.isPresent()) {
        check(policy, pattern.get());
        action.ifPresent(one -> policy.warn("pattern", consequence(one)));
      }
    }
  }

  private static String consequence(String action) {
    return action.equals("cancel_retries")
        ? "ends no restarts here: a trial that fails begins again up to `max_restarts`, whatever it"
            + " printed"
        : "excludes no machine here: a trial that fails begins again wherever there is room";
  }

  private static Optional<String> action(Foreign policy) {
    var node = policy.node("action");
    if (node.isEmpty()) {
      return Optional.empty();
    }
    var action =
        node.get() instanceof Node.Mapping
            ? policy.inner(node.get(), "action").neededText("type")
            : policy.neededText("action");
    oneOf(policy, "action", action, ACTIONS);
    return Optional.of(action);
  }

  private static void check(Foreign policy, String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw policy.bad(
          "pattern", "`" + pattern + "`", "a regular expression (" + e.getDescription() + ")");
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

  private static void oneOf(Foreign of, String key, String found, List<String> known) {
    if (!known.contains(found)) {
      throw of.bad(
          key,
          "`" + found + "`",
          "one of " + String.join(", ", known.stream().map(one -> "`" + one + "`").toList()));
    }
  }
}
