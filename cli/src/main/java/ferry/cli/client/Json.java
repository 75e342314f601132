package ferry.cli.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as it was read. Its methods are lenient: what is missing or of another kind reads as
 * nothing, so that an answer from an older or newer server is shown as far as it can be.
 *
 * <p>No switch over types here: each costs the first one of a process 5 ms.
 *
 * @param value a map, list, text, {@code Long}, {@code Double}, {@code Boolean}, or null
 */
public record Json(@Nullable Object value) {
  private static final Json NOTHING = new Json(null);

  /**
   * Reads a whole text; an empty one is nothing.
   *
   * @throws IOException where it is no JSON
   */
  public static Json parse(byte[] text) throws IOException {
    var whole = new String(text, StandardCharsets.UTF_8);
    return whole.isBlank() ? NOTHING : new Json(new JsonReader(whole).read());
  }

  /** Reads a whole text; nothing where it is no JSON. */
  public static Json parseOrNothing(byte[] text) {
    try {
      return parse(text);
    } catch (IOException e) {
      return NOTHING;
    }
  }

  /** The value under a key of an object. */
  public Json get(String key) {
    if (value instanceof Map<?, ?> map) {
      var found = map.get(key);
      return found == null ? NOTHING : new Json(found);
    }
    return NOTHING;
  }

  /** Text, number or truth as text; empty for anything else. */
  public String text() {
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : "";
  }

  public String text(String key) {
    return get(key).text();
  }

  public OptionalLong number(String key) {
    var found = get(key).value;
    if (found instanceof Long number) {
      return OptionalLong.of(number);
    }
    return found instanceof Double number
        ? OptionalLong.of(Math.round(number))
        : OptionalLong.empty();
  }

  public OptionalDouble decimal(String key) {
    return get(key).value instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  public boolean isTrue(String key) {
    return Boolean.TRUE.equals(get(key).value);
  }

  public boolean isObject() {
    return value instanceof Map<?, ?>;
  }

  public boolean isList() {
    return value instanceof List<?>;
  }

  /** The elements of a list; none for anything else. */
  public List<Json> list() {
    if (!(value instanceof List<?> list)) {
      return List.of();
    }
    var elements = new ArrayList<Json>(list.size());
    for (var element : list) {
      elements.add(new Json(element));
    }
    return elements;
  }

  public List<Json> list(String key) {
    return get(key).list();
  }

  /** The texts of a list. */
  public List<String> texts(String key) {
    var texts = new ArrayList<String>();
    for (var element : list(key)) {
      texts.add(element.text());
    }
    return texts;
  }

  /** The entries of an object in their order; none for anything else. */
  public Map<String, Json> entries() {
    var entries = new LinkedHashMap<String, Json>();
    if (value instanceof Map<?, ?> map) {
      for (var entry : map.entrySet()) {
        entries.put(String.valueOf(entry.getKey()), new Json(entry.getValue()));
      }
    }
    return entries;
  }
}
