package ferry.store;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A JSON object that is written field by field straight into its text: events are written a few
 * thousand times a second, and a tree for each would cost more than the rest of it.
 */
final class ObjectText {
  private final StringBuilder out;
  private boolean isEmpty = true;

  /** Opens an object at the end of that text. */
  ObjectText(StringBuilder out) {
    this.out = out.append('{');
  }

  private StringBuilder name(String name) {
    if (!isEmpty) {
      out.append(',');
    }
    isEmpty = false;
    return quoted(name).append(':');
  }

  ObjectText put(String name, String value) {
    name(name);
    quoted(value);
    return this;
  }

  ObjectText put(String name, long value) {
    name(name).append(value);
    return this;
  }

  ObjectText put(String name, OptionalInt value) {
    return value.isPresent() ? put(name, value.getAsInt()) : this;
  }

  ObjectText put(String name, OptionalLong value) {
    return value.isPresent() ? put(name, value.getAsLong()) : this;
  }

  ObjectText put(String name, OptionalDouble value) {
    if (value.isPresent()) {
      name(name).append(value.getAsDouble());
    }
    return this;
  }

  ObjectText putIf(boolean flag, String name) {
    if (flag) {
      name(name).append(true);
    }
    return this;
  }

  /** An object of texts; nothing where it is empty. */
  ObjectText put(String name, Map<String, String> texts) {
    if (!texts.isEmpty()) {
      name(name);
      var object = new ObjectText(out);
      texts.forEach(object::put);
      object.close();
    }
    return this;
  }

  void close() {
    out.append('}');
  }

  private StringBuilder quoted(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(hex(c));
      } else {
        out.append(c);
      }
    }
    return out.append('"');
  }

  private static char hex(char c) {
    return Character.forDigit(c & 15, 16);
  }
}
