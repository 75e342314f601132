package ferry.search.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as texts, longs, doubles, booleans, lists and maps. Numbers that JSON lacks are written as
 * the texts {@code NaN}, {@code Infinity} and {@code -Infinity}.
 */
public final class Json {
  private static final int DEEPEST = 200;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /**
   * The tree that a text writes; maps keep their order.
   *
   * @throws IllegalArgumentException for anything that is not JSON
   */
  public static @Nullable Object read(String text) {
    var json = new Json(text);
    var tree = json.value(0);
    json.skip();
    if (json.at < text.length()) {
      throw json.bad();
    }
    return tree;
  }

  public static String write(@Nullable Object tree) {
    var out = new StringBuilder();
    write(out, tree);
    return out.toString();
  }

  private static void write(StringBuilder out, @Nullable Object tree) {
    switch (tree) {
      case null -> out.append("null");
      case String word -> quote(out, word);
      case Double number ->
          out.append(Double.isFinite(number) ? Numbers.text(number) : "\"" + number + "\"");
      case Map<?, ?> map -> {
        char before = '{';
        for (var entry : map.entrySet()) {
          quote(out.append(before), String.valueOf(entry.getKey()));
          write(out.append(':'), entry.getValue());
          before = ',';
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      case List<?> list -> {
        char before = '[';
        for (var entry : list) {
          write(out.append(before), entry);
          before = ',';
        }
        out.append(list.isEmpty() ? "[]" : "]");
      }
      default -> out.append(tree);
    }
  }

  private static void quote(StringBuilder out, String word) {
    out.append('"');
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private @Nullable Object value(int depth) {
    skip();
    if (at >= text.length() || depth > DEEPEST) {
      throw bad();
    }
    return switch (text.charAt(at)) {
      case '{' -> map(depth);
      case '[' -> list(depth);
      case '"' -> string();
      default -> scalar();
    };
  }

  private Map<String, @Nullable Object> map(int depth) {
    at++;
    var map = new LinkedHashMap<String, @Nullable Object>();
    while (!closes('}', !map.isEmpty())) {
      skip();
      var key = string();
      expect(':');
      map.put(key, value(depth + 1));
    }
    return map;
  }

  private List<@Nullable Object> list(int depth) {
    at++;
    var list = new ArrayList<@Nullable Object>();
    while (!closes(']', !list.isEmpty())) {
      list.add(value(depth + 1));
    }
    return list;
  }

  private boolean closes(char end, boolean comma) {
    skip();
    if (at < text.length() && text.charAt(at) == end) {
      at++;
      return true;
    }
    if (comma) {
      expect(',');
    }
    return false;
  }

  private String string() {
    expect('"');
    var out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      out.append(c == '\\' ? escape() : c);
    }
    expect('"');
    return out.toString();
  }

  private char escape() {
    char c = at < text.length() ? text.charAt(at++) : '\0';
    int plain = "\"\\/bfnrt".indexOf(c);
    if (plain >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    if (c != 'u' || at + 4 > text.length()) {
      throw bad();
    }
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
  }

  private @Nullable Object scalar() {
    int start = at;
    while (at < text.length() && " \t\r\n,]}:".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    var word = text.substring(start, at);
    return switch (word) {
      case "null" -> null;
      case "true" -> true;
      case "false" -> false;
      default -> number(word);
    };
  }

  private Object number(String word) {
    return switch (Value.of(word)) {
      case Value.Whole(long value) -> value;
      case Value.Real(double value) -> value;
      case Value.Text _, Value.Flag _, Value.Tree _ -> throw bad();
    };
  }

  private void expect(char c) {
    skip();
    if (at >= text.length() || text.charAt(at) != c) {
      throw bad();
    }
    at++;
  }

  private void skip() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private IllegalArgumentException bad() {
    return new IllegalArgumentException("not JSON at character " + (at + 1));
  }
}
