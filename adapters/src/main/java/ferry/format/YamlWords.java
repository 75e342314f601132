package ferry.format;

import ferry.error.FileError;
import ferry.error.UserError;
import ferry.error.UserException;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Says in plain words what the YAML parser found wrong: what was found, what was expected, and the
 * way out.
 */
final class YamlWords {
  private static final Pattern FOUND = Pattern.compile("(?:found|got) '?<?([^'>]*)");
  private static final String QUOTE = "put the whole text in quotes";

  private final String problem;
  private final String context;
  private final Span at;
  private final Span begun;
  private final Source source;

  private YamlWords(MarkedYamlEngineException e, Mark at, Source source) {
    this.problem = e.getProblem() == null ? "" : e.getProblem();
    this.context = e.getContext() == null ? "" : e.getContext();
    this.at = YamlTree.span(at);
    this.begun = e.getContextMark().map(YamlTree::span).orElse(this.at);
    this.source = source;
  }

  static UserException reworded(YamlEngineException e, Source source) {
    if (e instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()) {
      return new YamlWords(marked, marked.getProblemMark().get(), source).reworded();
    }
    var error = new FileError.BadYaml("this is not YAML that can be read", List.of());
    return new UserException(error, source.location(0, 0, 1));
  }

  private UserException reworded() {
    if (problem.contains("(TAB)")) {
      return source.error(new FileError.Tab(), at);
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return colon();
    }
    if (context.contains("a flow sequence") || context.contains("a flow mapping")) {
      return bracket();
    }
    if (context.contains("quoted scalar")) {
      return quoted();
    }
    if (context.contains("a block scalar")) {
      return block();
    }
    if (problem.contains("cannot start any token")) {
      return at("a text cannot begin with " + named(character()), QUOTE);
    }
    if (context.contains("a block mapping") || context.contains("a block collection")) {
      return structure();
    }
    return rest();
  }

  private static String named(char c) {
    return c == '`' ? "a backquote" : "`" + c + "`";
  }

  private UserException colon() {
    var line = source.lines().get(at.line());
    var before = line.substring(0, line.offsetByCodePoints(0, at.column()));
    int indent = line.length() - line.stripLeading().length();
    if (before.contains(": ")) {
      return at("a second `: ` in one line; a text that holds one needs quotes", QUOTE);
    }
    var error =
        bad(
            "a key stands here, but the line above has its value already, or none can follow it",
            "bring keys that belong together to the same indentation");
    int length = Math.max(1, at.column() - indent);
    return new UserException(error, source.location(at.line(), indent, length));
  }

  private UserException bracket() {
    char opening = context.contains("sequence") ? '[' : '{';
    char closing = opening == '[' ? ']' : '}';
    if (problem.contains("<stream end>")) {
      var help = "write `" + closing + "`; a text that begins with `" + opening + "` needs quotes";
      return source.error(bad("`" + opening + "` is never closed", help), begun);
    }
    var where = begun.line() == at.line() ? "" : " of line " + (begun.line() + 1);
    return at(
        "expected `,` or `" + closing + "` here, for the `" + opening + "`" + where,
        "a text that begins with `" + opening + "` or has `,` in it needs quotes");
  }

  private UserException quoted() {
    if (problem.contains("escape")) {
      return at(
          "`\\" + character() + "` means nothing between double quotes",
          "write `\\\\` for one backslash, or use single quotes");
    }
    return source.error(
        bad("the quote that opens here is never closed", "close it, or take it away"), begun);
  }

  private UserException block() {
    if (before(begun).endsWith("}")) {
      return source.error(bad("text follows the closing `}`", QUOTE), begun);
    }
    if (problem.contains("leading empty lines")) {
      return at("an empty line has more spaces than the text below it", "take these spaces away");
    }
    if (character() == '>' || source.text(lineFrom(begun)).startsWith(">")) {
      return source.error(bad("a text cannot begin with `>`", QUOTE), begun);
    }
    return source.error(
        bad("after `|` the text begins on the next line, indented", QUOTE + " if it is one line"),
        begun);
  }

  private UserException structure() {
    var found = found();
    boolean list = context.contains("collection");
    return switch (found) {
      case "?" ->
          at(
              list
                  ? "a key stands among the items of a list; expected `- `"
                  : "a key stands here that fits no mapping above",
              "check how far the lines around it are indented");
      case "-" ->
          at(
              "a list item (`- `) stands among keys",
              "indent the list under its key, or check the line above");
      case "]", "}" ->
          at("`" + found + "` closes nothing", "take it away, or write the opening one");
      case ":" -> at("a key is missing before `:`", "a text that begins with `:` needs quotes");
      case "block mapping start", "block sequence start" ->
          at(
              "this line is indented differently from the lines around it",
              "bring keys that belong together to the same indentation");
      default -> text();
    };
  }

  private UserException text() {
    var before = before(at);
    if (before.endsWith("\"")
        || before.endsWith("'")
        || before.endsWith("}")
        || before.endsWith("]")) {
      char end = before.charAt(before.length() - 1);
      return at(
          "text follows the closing `" + end + "`", QUOTE + ", the inner ones of the other kind");
    }
    return at(
        "this text fits nothing above it; expected `key: value`",
        "indent it under its key, or put it in quotes");
  }

  private UserException rest() {
    if (problem.contains("could not find expected ':'")) {
      return source.error(
          bad("this line is no `key: value`", "write a `:` and a space after the key"), begun);
    }
    if (problem.contains("sequence entries are not allowed")) {
      return at("a list item (`- `) cannot stand here", "begin the list on a line of its own");
    }
    if (problem.contains("expected the node content")) {
      return at("expected a value, found `" + found() + "`", "a text that begins so needs quotes");
    }
    if (context.contains("an anchor")
        || context.contains("an alias")
        || context.contains("a tag")) {
      return source.error(
          bad("a text cannot begin with `" + source.text(lineFrom(begun)).charAt(0) + "`", QUOTE),
          begun);
    }
    if (context.contains("directive") || problem.contains("directive")) {
      return at("a line cannot begin with `%`", "take it away, or put the text in quotes");
    }
    if (problem.contains("<document start>")) {
      return at(
          "something follows the end of the file's contents",
          "take it, or the line above it, away");
    }
    return at(
        "this cannot be read as YAML", "check quotes, brackets and indentation here and above");
  }

  private UserException at(String message, String help) {
    return source.error(bad(message, help), at);
  }

  private static UserError bad(String message, String help) {
    return new FileError.BadYaml(message, List.of(help));
  }

  /** What stands before a place on its line, without the white space next to it. */
  private String before(Span span) {
    var line = source.lines().get(Math.min(span.line(), source.lines().size() - 1));
    return line.substring(0, line.offsetByCodePoints(0, span.column())).stripTrailing();
  }

  /** What the parser found, in its own signs. */
  private String found() {
    var matcher = FOUND.matcher(problem);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The character at which the parser stopped; a space at a line's end. */
  private char character() {
    var rest = source.text(lineFrom(at));
    return rest.isEmpty() ? ' ' : rest.charAt(0);
  }

  private Span lineFrom(Span span) {
    var text = source.text();
    int start =
        text.offsetByCodePoints(0, Math.min(span.start(), text.codePointCount(0, text.length())));
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    int length = text.codePointCount(start, end);
    return new Span(
        span.line(),
        span.column(),
        span.line(),
        span.column() + length,
        span.start(),
        span.start() + length);
  }
}
