package ferry.kubernetes.argo;

import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which try of which task a node of a Workflow is, as its name tells: {@code run.train(0:relu)(2)}.
 *
 * @param item the value of the list that the task repeats over
 * @param attempt counted from 0; empty for a node that stands for all tries
 */
record NodeName(String task, Optional<String> item, OptionalInt attempt) {
  private static final String EXIT = "onExit.";

  /** Argo takes a value as it stands in the list's JSON; our own backslashes are encoded there. */
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(\\p{XDigit}{4})|([/bf]))");

  /**
   * Reads a node's name.
   *
   * @param workflow the Workflow's name
   * @return empty for a node that is no task's
   */
  static Optional<NodeName> of(String workflow, String name, Tasks tasks) {
    if (!name.startsWith(workflow + ".")) {
      return Optional.empty();
    }
    var rest = name.substring(workflow.length() + 1);
    rest = rest.startsWith(EXIT) ? rest.substring(EXIT.length()) : rest;
    int end = rest.indexOf('(');
    var called = end < 0 ? rest : rest.substring(0, end);
    var task = tasks.named(called);
    return task.isEmpty()
        ? Optional.empty()
        : Optional.of(of(task.get(), end < 0 ? "" : rest.substring(end)));
  }

  /** A value may look like anything; what a task is tells where it ends. */
  private static NodeName of(Task task, String rest) {
    var item = task.list().isPresent() ? "\\(\\d+:(.*?)\\)" : "()";
    var tries = task.isRetried() ? "(?:\\((\\d+)\\))?" : "()";
    var match = Pattern.compile(item + tries, Pattern.DOTALL).matcher(rest);
    if (!match.matches()) {
      return new NodeName(task.name(), Optional.empty(), OptionalInt.empty());
    }
    var number = match.group(2) == null ? "" : match.group(2);
    return new NodeName(
        task.name(),
        task.list().isPresent() ? Optional.of(value(match.group(1))) : Optional.empty(),
        !task.isRetried()
            ? OptionalInt.of(0)
            : number.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(number)));
  }

  private static String value(String written) {
    return ArgoText.decoded(
        ESCAPE.matcher(written).replaceAll(escape -> Matcher.quoteReplacement(character(escape))));
  }

  private static String character(MatchResult escape) {
    if (escape.group(1) != null) {
      return String.valueOf((char) HexFormat.fromHexDigits(escape.group(1)));
    }
    return switch (escape.group(2)) {
      case "b" -> "\b";
      case "f" -> "\f";
      case String slash -> slash;
    };
  }
}
