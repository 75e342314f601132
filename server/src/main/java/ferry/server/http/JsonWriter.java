package ferry.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes JSON, field by field; what is empty is left out. */
public final class JsonWriter {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.newBoundedPool(JsonReader.MOST_POOLED))
          .build();

  private static final Pattern HALF_CHARACTER = Pattern.compile("\\p{Cs}");

  private final JsonGenerator out;
  private final boolean careful;

  /** Fields of an object, to be written. */
  @FunctionalInterface
  public interface Content {
    void write(JsonWriter json) throws IOException;
  }

  private JsonWriter(JsonGenerator out, boolean careful) {
    this.out = out;
    this.careful = careful;
  }

  /** One object with these fields. */
  public static byte[] bytes(Content content) {
    return write(json -> json.object(content));
  }

  /** One list of objects. */
  public static <T> byte[] list(Collection<T> items, Item<T> item) {
    return write(json -> json.items(items, item));
  }

  /** A text that was cut inside of a character is found only when it is written. */
  private static byte[] write(Content whole) {
    try {
      return write(whole, false);
    } catch (StreamWriteException _) {
      return writeAnyhow(whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] writeAnyhow(Content whole) {
    try {
      return write(whole, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] write(Content whole, boolean careful) throws IOException {
    var bytes = new ByteArrayOutputStream(1024);
    try (var generator = FACTORY.createGenerator(bytes)) {
      whole.write(new JsonWriter(generator, careful));
    }
    return bytes.toByteArray();
  }

  private String whole(String text) {
    return careful ? HALF_CHARACTER.matcher(text).replaceAll("\uFFFD") : text;
  }

  /** How one of many becomes the fields of an object. */
  @FunctionalInterface
  public interface Item<T> {
    void write(JsonWriter json, T item) throws IOException;
  }

  private void object(Content content) throws IOException {
    out.writeStartObject();
    content.write(this);
    out.writeEndObject();
  }

  private <T> void items(Collection<T> items, Item<T> item) throws IOException {
    out.writeStartArray();
    for (var one : items) {
      object(_ -> item.write(this, one));
    }
    out.writeEndArray();
  }

  /** Begins a long list, whose objects are written one by one; {@link #close} ends it. */
  public JsonWriter open(String name) throws IOException {
    out.writeArrayFieldStart(name);
    return this;
  }

  public JsonWriter close() throws IOException {
    out.writeEndArray();
    return this;
  }

  /** Begins an object of such a list; {@link #shut} ends it. */
  public JsonWriter open() throws IOException {
    out.writeStartObject();
    return this;
  }

  public JsonWriter shut() throws IOException {
    out.writeEndObject();
    return this;
  }

  public JsonWriter object(String name, Content content) throws IOException {
    out.writeFieldName(name);
    object(content);
    return this;
  }

  public <T> JsonWriter list(String name, Collection<T> items, Item<T> item) throws IOException {
    out.writeFieldName(name);
    items(items, item);
    return this;
  }

  public JsonWriter texts(String name, Collection<String> texts) throws IOException {
    out.writeArrayFieldStart(name);
    for (var text : texts) {
      out.writeString(whole(text));
    }
    out.writeEndArray();
    return this;
  }

  public JsonWriter texts(String name, Map<String, String> texts) throws IOException {
    out.writeObjectFieldStart(name);
    for (var entry : texts.entrySet()) {
      out.writeStringField(whole(entry.getKey()), whole(entry.getValue()));
    }
    out.writeEndObject();
    return this;
  }

  public JsonWriter text(String name, String text) throws IOException {
    out.writeStringField(name, whole(text));
    return this;
  }

  /** The text of something, like an instant; left out where it is empty. */
  public JsonWriter text(String name, Optional<?> value) throws IOException {
    return value.isEmpty() ? this : text(name, value.get().toString());
  }

  public JsonWriter number(String name, long number) throws IOException {
    out.writeNumberField(name, number);
    return this;
  }

  public JsonWriter number(String name, double number) throws IOException {
    out.writeNumberField(name, number);
    return this;
  }

  public JsonWriter number(String name, OptionalInt number) throws IOException {
    return number.isEmpty() ? this : number(name, (long) number.getAsInt());
  }

  public JsonWriter number(String name, OptionalLong number) throws IOException {
    return number.isEmpty() ? this : number(name, number.getAsLong());
  }

  public JsonWriter number(String name, OptionalDouble number) throws IOException {
    return number.isEmpty() ? this : number(name, number.getAsDouble());
  }

  public JsonWriter truth(String name, boolean truth) throws IOException {
    out.writeBooleanField(name, truth);
    return this;
  }

  /** A tree of maps, lists and scalars as it is. */
  public JsonWriter tree(String name, @Nullable Object tree) throws IOException {
    out.writeFieldName(name);
    tree(tree);
    return this;
  }

  private void tree(@Nullable Object tree) throws IOException {
    switch (tree) {
      case Map<?, ?> map -> {
        out.writeStartObject();
        for (var entry : map.entrySet()) {
          out.writeFieldName(whole(String.valueOf(entry.getKey())));
          tree(entry.getValue());
        }
        out.writeEndObject();
      }
      case Collection<?> list -> {
        out.writeStartArray();
        for (var item : list) {
          tree(item);
        }
        out.writeEndArray();
      }
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Number number -> out.writeNumber(number.doubleValue());
      case Boolean truth -> out.writeBoolean(truth);
      case null -> out.writeNull();
      default -> out.writeString(whole(tree.toString()));
    }
  }
}
