package ferry.workflow;

import ferry.error.Location;
import ferry.error.OutputError;
import ferry.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A list as JSON writes it, of texts, numbers and booleans: what a step puts out for {@code
 * foreach}. Numbers keep the spelling they have; at most 10,000 entries.
 */
public final class JsonList {
  private static final int MOST = 10_000;
  private static final Pattern SCALAR =
      Pattern.compile("true|false|-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?");
  private static final String EXPECTED = "a JSON list like `[1, 2]` or `[\"a\", \"b\"]`";

  private final String text;
  private int at;

  private JsonList(String text) {
    this.text = text;
  }

  /**
   * The entries of a list.
   *
   * @throws UserException for anything else, with its place in the text
   */
  public static List<String> read(String text) {
    return new JsonList(text).list();
  }

  /** A list of texts. */
  public static String write(List<String> values) {
    var out = new StringBuilder("[");
    for (var value : values) {
      out.append(out.length() > 1 ? "," : "").append('"');
      value.chars().forEach(c -> write(out, (char) c));
      out.append('"');
    }
    return out.append(']').toString();
  }

  private static void write(StringBuilder out, char c) {
    if (c == '"' || c == '\\') {
      out.append('\\').append(c);
    } else if (c < ' ') {
      out.append(String.format("\\u%04x", (int) c));
    } else {
      out.append(c);
    }
  }

  private List<String> list() {
    var entries = new ArrayList<String>();
    skipBlank();
    if (!accept('[')) {
      throw error(EXPECTED);
    }
    skipBlank();
    boolean more = !accept(']');
    while (more) {
      if (entries.size() == MOST) {
        throw error("`]`: a list has at most " + MOST + " entries");
      }
      skipBlank();
      entries.add(entry());
      skipBlank();
      more = accept(',');
      if (!more && !accept(']')) {
        throw error("`,` or `]`");
      }
    }
    skipBlank();
    if (at < text.length()) {
      throw error("nothing after the list");
    }
    return entries;
  }

  private String entry() {
    if (accept('"')) {
      return string();
    }
    int start = at;
    while (at < text.length() && " \t\r\n,]".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    var scalar = text.substring(start, at);
    if (!SCALAR.matcher(scalar).matches()) {
      at = start;
      throw error("a text in double quotes, a number, `true` or `false`");
    }
    return scalar;
  }

  private String string() {
    int opening = at - 1;
    var out = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return out.toString();
      }
      if (c < ' ') {
        throw error("no control character in a text");
      }
      at++;
      out.append(c == '\\' ? escape() : c);
    }
    at = opening;
    throw error("a closing `\"` for this text");
  }

  private char escape() {
    char c = at < text.length() ? text.charAt(at++) : '\0';
    int plain = "\"\\/bfnrt".indexOf(c);
    if (plain >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    var digits = c == 'u' && at + 4 <= text.length() ? text.substring(at, at + 4) : "";
    if (!digits.matches("[0-9a-fA-F]{4}")) {
      at = Math.max(0, at - 2);
      throw error("one of JSON's escapes like `\\n` or `\\u00e9`");
    }
    at += 4;
    return (char) Integer.parseInt(digits, 16);
  }

  private boolean accept(char c) {
    boolean here = at < text.length() && text.charAt(at) == c;
    at += here ? 1 : 0;
    return here;
  }

  private void skipBlank() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private UserException error(String expected) {
    int end = Math.min(text.length(), at + 1);
    while (end < text.length() && end - at < 30 && " \t\r\n,]".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    var found = at >= text.length() ? "the end" : "`" + text.substring(at, end) + "`";
    boolean python =
        at < text.length()
            && (text.charAt(at) == '\''
                || text.startsWith("True", at)
                || text.startsWith("False", at)
                || text.startsWith("None", at));
    var help =
        python ? "in Python, `json.dumps(values)` writes such a list" : "expected is " + EXPECTED;
    var error =
        new OutputError.NotAList(
            found, expected, expected.equals(EXPECTED) ? List.of() : List.of(help));
    return error.thrown().at(Location.of("list", text, Math.min(at, text.length()), end));
  }
}
