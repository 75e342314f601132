package ferry.format;

import ferry.error.CommandError;
import ferry.error.UserException;
import ferry.workflow.Placeholder;
import ferry.workflow.PlainTemplate;
import ferry.workflow.ShellQuotes;
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

  /**
   * Refuses a command with a quote that is never closed, and shows the quote, or its line where
   * there are several; the rest is for the shell to say.
   */
  static void refuseUnclosedQuote(Source source, Node.Scalar command) {
    ShellQuotes.unclosed(command.text())
        .ifPresent(at -> {
          var text = command.text();
          int length = text.charAt(at) == '$' ? 2 : 1;
          var quote = text.substring(at, at + length);
          var error = new CommandError.Unclosed(quote, quote.substring(length - 1));
          int line = text.lastIndexOf('\n', at) + 1;
          int lineEnd = text.indexOf('\n', at);
          boolean isOneLine = text.strip().indexOf('\n') < 0;
          int from = isOneLine ? at : line;
          int to = isOneLine ? at + length : lineEnd < 0 ? text.length() : lineEnd;
          throw new UserException(
              error,
              source.location(
                  command, text.codePointCount(0, from), text.codePointCount(from, to)));
        });
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
