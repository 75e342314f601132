package ferry.workflow;

import ferry.error.CommandError;
import ferry.error.Location;
import ferry.error.UserError;
import ferry.error.UserException;
import java.util.Optional;

/**
 * The command language: {@code a >> [b, c >> d] >> e}. An arrow leads to the next step, brackets
 * hold branches that run side by side, and everything else is read as a POSIX shell reads it: what
 * is quoted is never an arrow, a bracket or a comma. {@code name: command} names a step. A bracket
 * opens branches only where a command would begin and is not the shell's test; a comma ends a
 * branch only before white space. It takes linear time and little stack, whatever the nesting.
 */
public final class OneLiner {
  /** What errors name as the place of a one-liner. */
  public static final String SOURCE = "command";

  private static final String ARROW = ">>";

  private final String text;
  private final StepGraph graph;
  private int at;

  private OneLiner(String text) {
    this.text = text;
    this.graph = new StepGraph(text);
  }

  /**
   * Reads a one-liner.
   *
   * @param name the name of the workflow
   * @throws UserException for anything that cannot be read, with its line and column
   */
  public static Workflow parse(String name, String text) {
    return new OneLiner(text).read(name);
  }

  private Workflow read(String name) {
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw error(new CommandError.NulCharacter(), nul, nul + 1);
    }
    if (text.isBlank()) {
      throw error(new CommandError.EmptyCommand(), 0, text.length());
    }
    int arrow = -1;
    do {
      element(arrow);
      arrow = separators();
    } while (at < text.length());
    if (graph.innermost().isPresent()) {
      int bracket = graph.innermost().orElseThrow();
      throw error(new CommandError.UnclosedBracket(), bracket, bracket + 1);
    }
    return graph.workflow(name);
  }

  /**
   * Reads what stands between arrows: a command, or the first command of branches that open here.
   */
  private void element(int arrow) {
    skipBlank();
    while (opensBranches()) {
      graph.open(at++);
      arrow = -1;
      skipBlank();
    }
    if (at >= text.length() || text.startsWith(ARROW, at) || atBranchEnd()) {
      throw missing(arrow);
    }
    command();
  }

  /**
   * Reads closing brackets and the comma or arrow after them; answers where the arrow stood, or -1.
   */
  private int separators() {
    while (true) {
      skipBlank();
      if (at >= text.length()) {
        return -1;
      }
      if (text.startsWith(ARROW, at)) {
        return arrow();
      }
      char c = text.charAt(at);
      if (c == ']' && graph.innermost().isPresent()) {
        graph.close();
        at++;
      } else if (c == ',' && graph.innermost().isPresent()) {
        graph.nextBranch();
        at++;
        return endOfBranches();
      } else if (c == ']') {
        throw error(new CommandError.UnopenedBracket(), at, at + 1);
      } else {
        int end = CommandText.wordEnd(text, at);
        throw error(new CommandError.TextAfterBranches(text.substring(at, end)), at, end);
      }
    }
  }

  private int endOfBranches() {
    skipBlank();
    if (at >= text.length()) {
      int bracket = graph.innermost().orElseThrow();
      throw error(new CommandError.UnclosedBracket(), bracket, bracket + 1);
    }
    return -1;
  }

  private int arrow() {
    int arrow = at;
    if (text.startsWith(">>>", at)) {
      throw error(new CommandError.Appends(">>>"), at, at + 3);
    }
    at += ARROW.length();
    graph.arrow(arrow);
    skipBlank();
    if (at >= text.length()) {
      throw error(new CommandError.ArrowLast(), arrow, arrow + 2);
    }
    return arrow;
  }

  private UserException missing(int arrow) {
    boolean another = text.startsWith(ARROW, at) && !text.startsWith(">>>", at);
    if (text.startsWith(">>>", at)) {
      return error(new CommandError.Appends(">>>"), at, at + 3);
    }
    if (at >= text.length() && graph.innermost().isPresent()) {
      int bracket = graph.innermost().orElseThrow();
      return error(new CommandError.UnclosedBracket(), bracket, bracket + 1);
    }
    if (arrow >= 0 && !another) {
      return error(new CommandError.ArrowLast(), arrow, arrow + 2);
    }
    if (another) {
      UserError error = arrow < 0 ? new CommandError.ArrowFirst() : new CommandError.ArrowTwice();
      return error(error, at, at + 2);
    }
    boolean stray = text.charAt(at) == ']' && graph.innermost().isEmpty();
    return error(
        stray ? new CommandError.UnopenedBracket() : new CommandError.EmptyBranch(), at, at + 1);
  }

  private boolean opensBranches() {
    return at < text.length() && text.charAt(at) == '[' && !CommandText.isTest(text, at);
  }

  private boolean atBranchEnd() {
    char c = text.charAt(at);
    boolean comma = c == ',' && (at + 1 == text.length() || isBlank(text.charAt(at + 1)));
    return c == ']' || comma && graph.innermost().isPresent();
  }

  private void command() {
    int start = at;
    var given = name();
    if (given.isPresent()) {
      at += given.get().length() + 1;
      skipBlank();
      refuseEmpty(given.get(), start);
    }
    int begin = at;
    var end = CommandText.read(text, begin, graph.innermost().isPresent());
    at = end.stop();
    graph.command(given, text.substring(begin, end.end()), begin);
  }

  private void refuseEmpty(String name, int start) {
    if (at >= text.length() || text.startsWith(ARROW, at) || atBranchEnd()) {
      throw error(new CommandError.NameWithoutCommand(name), start, start + name.length() + 1);
    }
    if (opensBranches()) {
      throw error(new CommandError.NamedBranches(name), start, start + name.length() + 1);
    }
  }

  /** A name, a colon and white space (or nothing more) where a command begins. */
  private Optional<String> name() {
    int end = at;
    while (end < text.length() && isNameCharacter(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    boolean named =
        end > at
            && Character.isLetterOrDigit(text.codePointAt(at))
            && end < text.length()
            && text.charAt(end) == ':'
            && (end + 1 == text.length() || isBlank(text.charAt(end + 1)));
    if (!named) {
      return Optional.empty();
    }
    var name = text.substring(at, end);
    try {
      Names.checkStep(name);
    } catch (UserException bad) {
      throw bad.at(Location.of(SOURCE, text, at, end));
    }
    return Optional.of(name);
  }

  private static boolean isNameCharacter(int c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_';
  }

  private void skipBlank() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  static boolean isBlank(char c) {
    return Character.isWhitespace(c);
  }

  private UserException error(UserError error, int start, int end) {
    return new UserException(error, Location.of(SOURCE, text, start, end));
  }
}
