package ferry.workflow;

import ferry.workflow.ShellFrame.Kind;
import ferry.workflow.ShellPlace.Caution;
import ferry.workflow.ShellPlace.Quoting;
import ferry.workflow.ShellTemplate.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/**
 * Takes a shell command apart into text and places for values, each with what surrounds it. In
 * backquotes within double quotes bash misreads quotes, so only plain values go there.
 */
final class ShellTemplateReader {
  private static final int DEEPEST = 40;
  private static final int LOOKED_AT = 200;
  private static final Pattern CALCULATED_BEFORE = Pattern.compile("\\s-(eq|ne|lt|le|gt|ge)\\s+$");
  private static final Pattern CALCULATED_AFTER =
      Pattern.compile("^\\S*\\s+-(eq|ne|lt|le|gt|ge)\\s");

  /** What was found in the whole command; behind {@code doubtfulFrom} it may be read otherwise. */
  static final class Found {
    final List<Placeholder> placeholders = new ArrayList<>();
    int doubtfulFrom = Integer.MAX_VALUE;
  }

  private final String text;
  private final IntUnaryOperator origin;
  private final Found found;
  private final int nesting;
  private final boolean nowhere;
  private final Caution caution;
  private final ShellScanner scanner;
  private final List<Piece> pieces = new ArrayList<>();
  private final StringBuilder plain = new StringBuilder();

  private ShellTemplateReader(
      String text,
      Kind base,
      IntUnaryOperator origin,
      Found found,
      int nesting,
      boolean nowhere,
      Caution caution) {
    this.text = text;
    this.origin = origin;
    this.found = found;
    this.nesting = nesting;
    this.nowhere = nowhere || nesting > DEEPEST;
    this.caution = caution;
    this.scanner = new ShellScanner(text, 0, base);
  }

  /** The pieces of a command; its placeholders go to {@code found}. */
  static List<Piece> read(String command, Found found) {
    return new ShellTemplateReader(command, Kind.COMMAND, i -> i, found, 0, false, Caution.NONE)
        .read();
  }

  private List<Piece> read() {
    while (!scanner.done()) {
      int at = scanner.position();
      if (scanner.heredoc().isPresent()) {
        body(scanner.heredoc().get());
      } else if (scanner.atBackquote() && nesting <= DEEPEST) {
        backquoted();
      } else if (text.charAt(at) != '{' || !brace(at)) {
        scanner.step();
        plain.append(text, at, scanner.position());
      }
    }
    flush();
    int mistaken = scanner.mistaken();
    if (mistaken >= 0) {
      found.doubtfulFrom = Math.min(found.doubtfulFrom, origin.applyAsInt(mistaken));
    }
    return pieces;
  }

  private void flush() {
    if (!plain.isEmpty()) {
      pieces.add(new ShellTemplate.Text(plain.toString()));
      plain.setLength(0);
    }
  }

  /** Takes the placeholder, or the literal braces, that start here. */
  private boolean brace(int at) {
    var literal = Placeholder.literalAt(text, at);
    if (literal.isPresent()) {
      var name = literal.get();
      plain.append('{').append(name).append(scanner.top().kind == Kind.PARAMETER ? "\\}" : "}");
      scanner.pass(at + name.length() + 4);
      return true;
    }
    var placeholder = Placeholder.at(text, at);
    placeholder.ifPresent(here -> {
      hole(here, place(here));
      scanner.pass(here.end());
    });
    return placeholder.isPresent();
  }

  private void hole(Placeholder here, ShellPlace place) {
    flush();
    var original = new Placeholder(here.name(), origin.applyAsInt(here.start()));
    found.placeholders.add(original);
    pieces.add(new ShellTemplate.Hole(original, place));
  }

  private ShellPlace place(Placeholder here) {
    var quoting =
        nowhere || caution == Caution.BACKQUOTES && scanner.inParameter()
            ? Quoting.NOWHERE
            : quoting(here);
    boolean afterEscape =
        quoting == Quoting.DOLLAR_SINGLE
            && text.substring(Math.max(0, here.start() - 9), here.start()).indexOf('\\') >= 0;
    boolean beforeOperator =
        here.end() < text.length() && "<>(".indexOf(text.charAt(here.end())) >= 0;
    return new ShellPlace(
        quoting, afterEscape || beforeOperator, glued(here.start()), false, caution);
  }

  private boolean glued(int at) {
    int from = at;
    while (from > 0 && at - from < LOOKED_AT && isNamePart(text.charAt(from - 1))) {
      from--;
    }
    return at - from == LOOKED_AT || from < at && from > 0 && text.charAt(from - 1) == '$';
  }

  private static boolean isNamePart(char c) {
    return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private Quoting quoting(Placeholder here) {
    var top = scanner.top();
    boolean tested = top.kind == Kind.TEST || scanner.below().kind == Kind.TEST;
    boolean calculated = top.calculates() || tested && isCalculated(here);
    return switch (top.kind) {
      case SINGLE -> top.quoted || calculated ? Quoting.NOWHERE : Quoting.SINGLE;
      case DOLLAR_SINGLE -> top.quoted || calculated ? Quoting.NOWHERE : Quoting.DOLLAR_SINGLE;
      case DOUBLE -> calculated ? Quoting.NUMBER : top.quoted ? Quoting.NOWHERE : Quoting.DOUBLE;
      case HEREDOC -> Quoting.HEREDOC;
      case ARITHMETIC, SQUARE -> Quoting.NUMBER;
      case PARAMETER -> calculated ? Quoting.NUMBER : inParameter(top);
      case TEST -> calculated ? Quoting.NUMBER : Quoting.TEST;
      case COMMAND, SUBSTITUTION, PAREN, ARRAY, CASE -> word(top, here.start());
    };
  }

  private static Quoting inParameter(ShellFrame top) {
    return switch (top.part) {
      case NAME, SUBSCRIPT, OFFSET -> Quoting.NOWHERE;
      case WORD -> top.quoted ? Quoting.DEFAULT : Quoting.WORD;
      case PATTERN -> top.quoted ? Quoting.NOWHERE : Quoting.WORD;
    };
  }

  private Quoting word(ShellFrame top, int at) {
    if (top.wordStart < 0) {
      return top.commandNext && !top.targetNext ? Quoting.FIRST : Quoting.WORD;
    }
    if (top.wordSubscript) {
      return Quoting.SUBSCRIPT;
    }
    if (top.wordBraces) {
      return Quoting.BRACES;
    }
    return top.wordFirst && isName(top.wordStart, at) ? Quoting.FIRST : Quoting.WORD;
  }

  private boolean isName(int from, int to) {
    return to - from > LOOKED_AT
        || text.substring(from, to).chars().allMatch(c -> isNamePart((char) c));
  }

  /** Whether the operator beside a word in {@code [[ ]]} calculates with it. */
  private boolean isCalculated(Placeholder here) {
    var frame = scanner.top().kind == Kind.TEST ? scanner.top() : scanner.below();
    int word = frame.wordStart < 0 ? here.start() : frame.wordStart;
    var before = text.substring(Math.max(0, word - 20), word);
    int end = Math.min(text.length(), here.end() + LOOKED_AT);
    return CALCULATED_BEFORE.matcher(before).find()
        || CALCULATED_AFTER.matcher(text.substring(here.end(), end)).find();
  }

  private void backquoted() {
    int start = scanner.position() + 1;
    int end = scanner.backquoteEnd();
    var top = scanner.top();
    boolean inQuotes = top.kind == Kind.DOUBLE;
    var inner = new StringBuilder();
    var offsets = new int[end - start];
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      boolean escape =
          c == '\\'
              && i + 1 < end
              && (inQuotes ? "\\`$\"" : "\\`$").indexOf(text.charAt(i + 1)) >= 0;
      i += escape ? 1 : 0;
      offsets[inner.length()] = i;
      inner.append(text.charAt(i));
    }
    boolean unclear = nowhere || top.quoted || top.kind == Kind.PARAMETER || top.calculates();
    nested(
        inner.toString(),
        Kind.COMMAND,
        i -> origin.applyAsInt(offsets[i]),
        unclear,
        start - 1,
        end + 1,
        inQuotes);
  }

  private void nested(
      String inner,
      Kind base,
      IntUnaryOperator offsets,
      boolean unclear,
      int start,
      int end,
      boolean inQuotes) {
    var parts =
        new ShellTemplateReader(
                inner,
                base,
                offsets,
                found,
                nesting + 1,
                unclear,
                inQuotes ? Caution.BACKQUOTES : caution)
            .read();
    int stop = Math.min(end, text.length());
    if (parts.isEmpty() || parts.equals(List.of(new ShellTemplate.Text(inner)))) {
      plain.append(text, start, stop);
    } else {
      flush();
      pieces.add(new ShellTemplate.Backquoted(parts, inQuotes));
    }
    scanner.pass(stop);
  }

  private void body(Heredoc heredoc) {
    int start = scanner.position();
    int end = heredoc.end(text, start);
    int before = found.placeholders.size();
    var inner = text.substring(start, end);
    var reader =
        new ShellTemplateReader(
            inner,
            Kind.HEREDOC,
            i -> origin.applyAsInt(i + start),
            found,
            nesting + 1,
            nowhere,
            inBody(heredoc));
    var parts = heredoc.quoted() ? reader.readRaw(heredoc) : reader.read();
    flush();
    if (found.placeholders.size() > before) {
      var dropping =
          heredoc.strip() ? parts.stream().map(ShellTemplateReader::dropping).toList() : parts;
      pieces.add(new ShellTemplate.Body(dropping, heredoc, found.placeholders.get(before)));
    } else {
      pieces.addAll(parts);
    }
    scanner.passHeredoc();
    plain.append(text, end, scanner.position());
  }

  private Caution inBody(Heredoc heredoc) {
    return caution == Caution.NONE && !heredoc.quoted() ? Caution.HEREDOC : caution;
  }

  private static Piece dropping(Piece piece) {
    if (piece instanceof ShellTemplate.Hole(var placeholder, var place)) {
      var dropping =
          new ShellPlace(
              place.quoting(), place.quoteAlways(), place.glued(), true, place.caution());
      return new ShellTemplate.Hole(placeholder, dropping);
    }
    return piece;
  }

  private List<Piece> readRaw(Heredoc heredoc) {
    int at = 0;
    while (at < text.length()) {
      var literal = Placeholder.literalAt(text, at);
      var placeholder = Placeholder.at(text, at);
      if (literal.isPresent()) {
        plain.append('{').append(literal.get()).append('}');
        at += literal.get().length() + 4;
      } else if (placeholder.isPresent()) {
        hole(
            placeholder.get(), new ShellPlace(Quoting.RAW, false, false, heredoc.strip(), caution));
        at = placeholder.get().end();
      } else {
        plain.append(text.charAt(at++));
      }
    }
    flush();
    return pieces;
  }
}
