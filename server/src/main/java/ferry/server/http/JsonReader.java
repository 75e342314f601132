package ferry.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import ferry.error.RequestError;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists, texts, numbers ({@code Long} and {@code Double}), booleans and null. */
public final class JsonReader {
  private static final int DEEPEST = 50;

  /** Buffers that are kept for the next request; a virtual thread has none of its own. */
  static final int MOST_POOLED = 16;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.newBoundedPool(MOST_POOLED))
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Exchange.LARGEST_BODY)
                  .build())
          .build();

  /** An empty object takes two bytes of a request, and fifty of memory. */
  private static final int MOST_VALUES = 500_000;

  private final JsonParser parser;
  private int values;

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  /** For whoever reads a text of a known shape token by token. */
  public static JsonParser parser(byte[] bytes) throws IOException {
    return FACTORY.createParser(bytes);
  }

  /**
   * The object that the bytes are.
   *
   * @throws ferry.error.UserException where they are something else, with line and column
   */
  public static Map<String, @Nullable Object> object(byte[] bytes) throws IOException {
    try (var parser = FACTORY.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw bad("the request must be a JSON object");
      }
      var object = new JsonReader(parser).object();
      if (parser.nextToken() != null) {
        throw bad("something follows the JSON object");
      }
      return object;
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      var where =
          at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
      throw bad("the request is not JSON: " + firstLine(e.getOriginalMessage()) + where);
    } catch (CharConversionException _) {
      throw bad("the request is not JSON: it is no text in UTF-8");
    }
  }

  private Map<String, @Nullable Object> object() throws IOException {
    var object = new LinkedHashMap<String, @Nullable Object>(8);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = whole(parser.currentName());
      parser.nextToken();
      int before = object.size();
      object.put(name, value());
      if (object.size() == before) {
        throw bad("the request's JSON has `" + shown(name) + "` twice in one object");
      }
    }
    return object;
  }

  private List<@Nullable Object> list() throws IOException {
    var list = new ArrayList<@Nullable Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value());
    }
    return list;
  }

  private @Nullable Object value() throws IOException {
    values++;
    if (values > MOST_VALUES) {
      throw bad("the request's JSON holds more than %,d values".formatted(MOST_VALUES));
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> list();
      case VALUE_STRING -> whole(parser.getText());
      case VALUE_NUMBER_INT -> wholeNumber();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value begins with " + parser.currentToken());
    };
  }

  private Object wholeNumber() throws IOException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> parser.getDoubleValue();
    };
  }

  /** Half of a character can neither be kept nor written again. */
  private static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text) ? text : halfCharacter();
      }
    }
    return text;
  }

  private static String halfCharacter() {
    throw bad("a text of the request holds half a character (a surrogate without its other half)");
  }

  private static String shown(String name) {
    return name.length() <= 100 ? name : name.substring(0, 100) + "…";
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static RuntimeException bad(String message) {
    return new RequestError.BadRequest(message, List.of()).thrown();
  }
}
