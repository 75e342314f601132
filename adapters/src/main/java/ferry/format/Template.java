package ferry.format;

import ferry.workflow.Placeholder;
import ferry.workflow.PlainTemplate;
import ferry.workflow.ShellTemplate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of a file that may hold placeholders.
 *
 * @param text the text with its place
 * @param used its placeholders, in the order written
 */
record Template(Node.Scalar text, List<Placeholder> used) {
  private static final Pattern IN_BRACES =
      Pattern.compile("(?<!\\$)\\{\\{([^{}]++)}}|(?<!\\$)\\{([^{}]++)}");

  Template {
    used = List.copyOf(used);
  }

  /** A command. */
  static Template shell(Node.Scalar text) {
    return new Template(text, ShellTemplate.parse(text.text()).placeholders());
  }

  /** A text that no shell reads. */
  static Template plain(Node.Scalar text) {
    return new Template(text, PlainTemplate.parse(text.text()).placeholders());
  }

  /** The step in {@code {step.value}}. */
  static Optional<String> step(Placeholder used) {
    int dot = used.name().indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(used.name().substring(0, dot));
  }

  /** The value in {@code {step.value}}. */
  static String value(Placeholder used) {
    return used.name().substring(used.name().indexOf('.') + 1);
  }

  /** The placeholder that is the whole text. */
  Optional<Placeholder> only() {
    return used.stream().filter(one -> one.end() - one.start() == text.text().length()).findFirst();
  }

  /** A command in which braces stay as they are, but for placeholders of these names. */
  static String literal(String command, Set<String> names) {
    var starts =
        ShellTemplate.parse(command).placeholders().stream().map(Placeholder::start).toList();
    return IN_BRACES
        .matcher(command)
        .replaceAll(found -> {
          boolean twice = found.group(1) != null;
          var name = twice ? found.group(1) : found.group(2);
          boolean read = twice ? Placeholder.isName(name) : starts.contains(found.start());
          boolean stays = names.contains(name) || !read;
          return Matcher.quoteReplacement(stays ? found.group() : "{" + found.group() + "}");
        });
  }
}
