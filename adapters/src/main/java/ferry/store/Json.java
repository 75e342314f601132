package ferry.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trees of maps, lists, texts, whole numbers, reals and booleans, as JSON and back. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  static String write(Map<String, ?> tree) {
    var text = new StringWriter();
    try (var out = FACTORY.createGenerator(text)) {
      write(out, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    switch (value) {
      case String text -> out.writeString(text);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Double number -> out.writeNumber(number);
      case Boolean flag -> out.writeBoolean(flag);
      case List<?> list -> {
        out.writeStartArray();
        for (var item : list) {
          write(out, item);
        }
        out.writeEndArray();
      }
      case Map<?, ?> map -> {
        out.writeStartObject();
        for (var entry : map.entrySet()) {
          out.writeFieldName((String) entry.getKey());
          write(out, entry.getValue());
        }
        out.writeEndObject();
      }
      default -> throw new IllegalArgumentException("no JSON for a " + value.getClass());
    }
  }

  /** Reads an object; what is null is left out. */
  static Tree read(String text) {
    try (var in = FACTORY.createParser(text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw Tree.unreadable("no JSON object");
      }
      return new Tree(object(in));
    } catch (IOException e) {
      throw Tree.unreadable(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static Map<String, Object> object(JsonParser in) throws IOException {
    var map = new LinkedHashMap<String, Object>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      var name = in.currentName();
      if (in.nextToken() != JsonToken.VALUE_NULL) {
        map.put(name, value(in));
      }
    }
    return map;
  }

  private static List<Object> array(JsonParser in) throws IOException {
    var list = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.currentToken() != JsonToken.VALUE_NULL) {
        list.add(value(in));
      }
    }
    return list;
  }

  private static Object value(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> array(in);
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> in.getLongValue();
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL, VALUE_EMBEDDED_OBJECT, FIELD_NAME, END_ARRAY, END_OBJECT, NOT_AVAILABLE ->
          throw Tree.unreadable("an unexpected " + in.currentToken());
    };
  }
}
