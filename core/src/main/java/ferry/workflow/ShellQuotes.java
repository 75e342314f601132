package ferry.workflow;

import ferry.workflow.ShellFrame.Kind;
import java.util.OptionalInt;

/**
 * Whether every quote of a script is closed. Only where that is sure: a script in which anything
 * was read that another shell could read in another way is left to the shell.
 */
public final class ShellQuotes {
  private ShellQuotes() {}

  /** The offset of the quote that is never closed. */
  public static OptionalInt unclosed(String script) {
    var scanner = new ShellScanner(script, 0, Kind.COMMAND);
    while (!scanner.done()) {
      scanner.step();
    }
    scanner.finish();
    var open = scanner.top();
    boolean isQuote =
        open.kind == Kind.SINGLE || open.kind == Kind.DOUBLE || open.kind == Kind.DOLLAR_SINGLE;
    boolean isSure =
        scanner.below().kind.holdsWords() && scanner.mistaken() < 0 && !script.contains("<<");
    return isQuote && isSure ? OptionalInt.of(open.opened) : OptionalInt.empty();
  }
}
