package ferry.query;

import ferry.error.RequestError;
import java.util.ArrayList;
import java.util.List;

/** Cuts a filter or an order into words, numbers, texts and signs. */
final class Lexer {

  /** A piece of the text; a word has its quotes still, a text has them not. */
  record Token(Piece type, String text) {
    boolean is(String word) {
      return type == Piece.WORD && text.equalsIgnoreCase(word)
          || type == Piece.SIGN && text.equals(word);
    }
  }

  /** What a piece is. */
  enum Piece {
    WORD,
    NUMBER,
    TEXT,
    SIGN
  }

  private static final String SIGNS = "=<>!(),";

  private static final int MOST_SHOWN = 200;

  private final String source;
  private final String help;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String source, String help) {
    this.source = source;
    this.help = help;
  }

  /**
   * The pieces of a text.
   *
   * @param help what a good one looks like, for what cannot be cut
   */
  static List<Token> tokens(String source, String help) {
    var lexer = new Lexer(source, help);
    while (lexer.at < source.length()) {
      lexer.next();
    }
    return lexer.tokens;
  }

  private void next() {
    char c = source.charAt(at);
    if (Character.isWhitespace(c)) {
      at++;
    } else if (c == '\'' || c == '"') {
      tokens.add(new Token(Piece.TEXT, quoted(c)));
    } else if (SIGNS.indexOf(c) >= 0) {
      sign(c);
    } else if (Character.isDigit(c) || "+-.".indexOf(c) >= 0) {
      tokens.add(new Token(Piece.NUMBER, word()));
    } else {
      tokens.add(new Token(Piece.WORD, word()));
    }
  }

  /** Up to the next quote of its kind; a quote that is doubled stands for itself. */
  private String quoted(char quote) {
    var text = new StringBuilder();
    at++;
    while (true) {
      int end = source.indexOf(quote, at);
      if (end < 0) {
        throw bad("a " + quote + " is not closed in `" + shown(source) + "`");
      }
      text.append(source, at, end);
      at = end + 1;
      if (at < source.length() && source.charAt(at) == quote) {
        text.append(quote);
        at++;
      } else {
        return text.toString();
      }
    }
  }

  private void sign(char c) {
    boolean isDouble =
        at + 1 < source.length() && source.charAt(at + 1) == '=' && "<>!=".indexOf(c) >= 0;
    boolean isUnequal = c == '<' && at + 1 < source.length() && source.charAt(at + 1) == '>';
    var text = source.substring(at, at + (isDouble || isUnequal ? 2 : 1));
    at += text.length();
    tokens.add(new Token(Piece.SIGN, isUnequal ? "!=" : text.equals("==") ? "=" : text));
  }

  /** Letters, digits and dots, and whatever stands in quotes among them. */
  private String word() {
    var word = new StringBuilder();
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '`' || c == '"' && !word.isEmpty()) {
        word.append(c).append(quoted(c)).append(c);
      } else if (Character.isWhitespace(c) || SIGNS.indexOf(c) >= 0 || c == '\'') {
        break;
      } else {
        word.append(c);
        at++;
      }
    }
    return word.toString();
  }

  private RuntimeException bad(String message) {
    return bad(message, help);
  }

  static RuntimeException bad(String message, String help) {
    return new RequestError.BadRequest(message, List.of(help)).thrown();
  }

  /** The beginning of a text that may be long. */
  static String shown(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }
}
