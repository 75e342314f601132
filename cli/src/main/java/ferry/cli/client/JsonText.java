package ferry.cli.client;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, text, numbers and truth as JSON. */
public final class JsonText {
  private final StringBuilder text = new StringBuilder();
  private final boolean pretty;
  private int depth;

  private JsonText(boolean pretty) {
    this.pretty = pretty;
  }

  /** As short as possible. */
  public static String compact(@Nullable Object value) {
    return new JsonText(false).write(value).text.toString();
  }

  /** For people and programs: two spaces a level, an element a line. */
  public static String pretty(@Nullable Object value) {
    return new JsonText(true).write(value).text.toString();
  }

  private JsonText write(@Nullable Object value) {
    if (value instanceof Json wrapped) {
      write(wrapped.value());
    } else if (value instanceof Map<?, ?> map) {
      writeObject(map);
    } else if (value instanceof List<?> list) {
      writeList(list);
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      text.append("null");
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      text.append(value);
    } else {
      writeString(value.toString());
    }
    return this;
  }

  private void writeObject(Map<?, ?> map) {
    text.append('{');
    depth++;
    for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        entries.hasNext(); ) {
      var entry = entries.next();
      breakLine();
      writeString(String.valueOf(entry.getKey()));
      text.append(pretty ? ": " : ":");
      write(entry.getValue());
      text.append(entries.hasNext() ? "," : "");
    }
    close(!map.isEmpty(), '}');
  }

  private void writeList(List<?> list) {
    text.append('[');
    depth++;
    for (var elements = list.iterator(); elements.hasNext(); ) {
      breakLine();
      write(elements.next());
      text.append(elements.hasNext() ? "," : "");
    }
    close(!list.isEmpty(), ']');
  }

  private void close(boolean filled, char end) {
    depth--;
    if (filled) {
      breakLine();
    }
    text.append(end);
  }

  private void breakLine() {
    if (pretty) {
      text.append('\n').repeat(' ', 2 * depth);
    }
  }

  private void writeString(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c == '\n') {
        text.append("\\n");
      } else if (c < 0x20
          || c >= 0x7F && c < 0xA0
          || c == 0x2028
          || c == 0x2029
          || isLone(string, i)) {
        text.append("\\u")
            .append(hex(c >> 12))
            .append(hex(c >> 8))
            .append(hex(c >> 4))
            .append(hex(c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  /** Half of a character, which UTF-8 could not carry. */
  private static boolean isLone(String string, int i) {
    char c = string.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == string.length() || !Character.isLowSurrogate(string.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(string.charAt(i - 1)));
  }

  private static char hex(int digit) {
    return "0123456789abcdef".charAt(digit & 15);
  }
}
