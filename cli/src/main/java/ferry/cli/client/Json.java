package ferry.cli.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
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
 * @param value a map, list, text, {@code Long}, {@code Double}, {@code Boolean}, or null
 */
public record Json(@Nullable Object value) {
  static final JsonFactory FACTORY = new JsonFactory();
  private static final Json NOTHING = new Json(null);

  /**
   * Reads a whole text.
   *
   * @throws IOException where it is no JSON
   */
  public static Json parse(byte[] text) throws IOException {
    try (var parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        return NOTHING;
      }
      var value = read(parser);
      if (parser.nextToken() != null) {
        throw new com.fasterxml.jackson.core.JsonParseException(
            parser, "there is something after the end");
      }
      return new Json(value);
    }
  }

  /** Reads a whole text; nothing where it is no JSON. */
  public static Json parseOrNothing(byte[] text) {
    try {
      return parse(text);
    } catch (IOException e) {
      return NOTHING;
    }
  }

  private static @Nullable Object read(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readList(parser);
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) parser.getDoubleValue()
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }

  private static Map<String, @Nullable Object> readObject(JsonParser parser) throws IOException {
    var object = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var key = parser.currentName();
      parser.nextToken();
      object.put(key, read(parser));
    }
    return object;
  }

  private static List<@Nullable Object> readList(JsonParser parser) throws IOException {
    var list = new ArrayList<@Nullable Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(read(parser));
    }
    return list;
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
    return switch (get(key).value) {
      case Long number -> OptionalLong.of(number);
      case Double number -> OptionalLong.of(Math.round(number));
      case null, default -> OptionalLong.empty();
    };
  }

  public OptionalDouble decimal(String key) {
    return switch (get(key).value) {
      case Number number -> OptionalDouble.of(number.doubleValue());
      case null, default -> OptionalDouble.empty();
    };
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
