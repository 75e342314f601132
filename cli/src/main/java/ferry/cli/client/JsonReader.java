package ferry.cli.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) into maps, lists, text, {@code Long}, {@code Double} and {@code Boolean}.
 * The library that the server uses takes 15 ms to load, of which a short command has none to give
 * away.
 */
final class JsonReader {
  private static final int DEEPEST = 500;

  private final String text;
  private int at;
  private int depth;

  JsonReader(String text) {
    this.text = text;
  }

  /**
   * The one value of the text.
   *
   * @throws IOException where it is no JSON
   */
  @Nullable Object read() throws IOException {
    var value = value();
    skipSpace();
    if (at < text.length()) {
      throw wrong("the end");
    }
    return value;
  }

  private @Nullable Object value() throws IOException {
    skipSpace();
    char c = peek();
    if (c == '{' || c == '[') {
      if (++depth > DEEPEST) {
        throw new IOException("no JSON that can be read: nested more than " + DEEPEST + " deep");
      }
      var inside = c == '{' ? object() : list();
      depth--;
      return inside;
    }
    if (c == '"') {
      return string();
    }
    return c == '-' || c >= '0' && c <= '9' ? number() : word();
  }

  private Map<String, @Nullable Object> object() throws IOException {
    var object = new LinkedHashMap<String, @Nullable Object>();
    at++;
    for (boolean first = true; !closes('}', first); first = false) {
      skipSpace();
      if (peek() != '"') {
        throw wrong("a key in quotes");
      }
      var key = string();
      skipSpace();
      if (peek() != ':') {
        throw wrong("`:`");
      }
      at++;
      object.put(key, value());
    }
    return object;
  }

  private List<@Nullable Object> list() throws IOException {
    var list = new ArrayList<@Nullable Object>();
    at++;
    for (boolean first = true; !closes(']', first); first = false) {
      list.add(value());
    }
    return list;
  }

  /** Whether the object or list ends here; passes over the comma where it does not. */
  private boolean closes(char end, boolean first) throws IOException {
    skipSpace();
    char c = peek();
    if (c == end) {
      at++;
      return true;
    }
    if (!first) {
      if (c != ',') {
        throw wrong("`,` or `" + end + "`");
      }
      at++;
    }
    return false;
  }

  private String string() throws IOException {
    int from = ++at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        return text.substring(from, at++);
      }
      if (c == '\\') {
        return escaped(new StringBuilder().append(text, from, at));
      }
      at++;
    }
    throw wrong("the end of a text");
  }

  private String escaped(StringBuilder string) throws IOException {
    int from = at;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return string.append(text, from, at - 1).toString();
      }
      if (c == '\\') {
        string.append(text, from, at - 1).append(escape());
        from = at;
      }
    }
    throw wrong("the end of a text");
  }

  private char escape() throws IOException {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an escape that JSON knows");
    };
  }

  private char unicode() throws IOException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw wrong("four hexadecimal digits");
      }
      value = value * 16 + digit;
      at++;
    }
    return (char) value;
  }

  private Object number() throws IOException {
    int from = at;
    boolean whole = true;
    for (; at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0; at++) {
      whole &= ".eE".indexOf(text.charAt(at)) < 0;
    }
    var number = text.substring(from, at);
    try {
      return whole && number.length() < 19
          ? (Object) Long.parseLong(number)
          : (Object) Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw wrong("a number");
    }
  }

  private @Nullable Object word() throws IOException {
    if (text.startsWith("true", at)) {
      at += 4;
      return true;
    }
    if (text.startsWith("false", at)) {
      at += 5;
      return false;
    }
    if (text.startsWith("null", at)) {
      at += 4;
      return null;
    }
    throw wrong("a value");
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws IOException {
    if (at >= text.length()) {
      throw wrong("more");
    }
    return text.charAt(at);
  }

  private IOException wrong(String expected) {
    return new IOException(
        "no JSON that can be read: expected " + expected + " at character " + (at + 1));
  }
}
