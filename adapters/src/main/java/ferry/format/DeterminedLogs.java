package ferry.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What Determined does about lines of logs, and how long it keeps them. */
final class DeterminedLogs {
  private static final List<String> ACTIONS = List.of("cancel_retries", "exclude_node");
  private static final int LONGEST_KEPT = 32_767;

  private final Foreign top;

  DeterminedLogs(Foreign top) {
    this.top = top;
  }

  /** The expressions that end the restarts of a trial; what else they do is told. */
  List<String> read() {
    top.inner("retention_policy")
        .ifPresent(inner -> {
          inner.number("log_retention_days", -1, LONGEST_KEPT);
          inner.rest();
          top.warn(
              "retention_policy",
              "is set for all runs here: `ferry config retention 30d` deletes older ones");
        });
    var ending = new ArrayList<String>();
    for (var policy : top.inners("log_policies")) {
      var pattern = policy.text("pattern");
      var action = action(policy);
      policy.text("name");
      policy.rest();
      pattern.ifPresent(regex -> check(policy, regex));
      if (action.isPresent() && pattern.isEmpty() && policy.node("name").isEmpty()) {
        policy.needed(
            "pattern", "the lines that it is about, like `pattern: \".*out of memory.*\"`");
      }
      if (pattern.isPresent() && action.filter("cancel_retries"::equals).isPresent()) {
        ending.add(GoPattern.inJava(pattern.get()));
      } else if (pattern.isPresent() && action.isPresent()) {
        policy.warn(
            "action",
            "excludes no machine here: a trial that fails begins again wherever there is room");
      }
    }
    return ending;
  }

  /** A word, or in older files a mapping with a {@code type}. */
  private static Optional<String> action(Foreign policy) {
    var node = policy.node("action");
    if (node.isPresent() && node.get() instanceof Node.Mapping) {
      var inner = policy.inner(node.get(), "action");
      var type = inner.neededWord("type", ACTIONS, "one of " + String.join(", ", ACTIONS));
      inner.rest();
      return Optional.of(type);
    }
    return policy.word("action", ACTIONS);
  }

  private static void check(Foreign policy, String pattern) {
    try {
      Pattern.compile(GoPattern.inJava(pattern));
    } catch (PatternSyntaxException e) {
      throw policy.bad(
          "pattern", "`" + pattern + "`", "a regular expression (" + e.getDescription() + ")");
    }
    if (pattern.lines().count() > 1) {
      throw policy.bad("pattern", "of several lines", "an expression in one line");
    }
  }
}
