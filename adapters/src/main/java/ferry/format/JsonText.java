package ferry.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes trees of maps, lists, texts, numbers, truth values and null as indented JSON. */
public final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

  private JsonText() {}

  /**
   * One value, ending with a line break.
   *
   * @param tree a {@link Map} with text keys, {@link Iterable}, {@link CharSequence}, {@link
   *     Number}, {@link Boolean} or null; a number that JSON does not know, like infinity, becomes
   *     a text
   * @throws IllegalArgumentException for anything else in it
   */
  public static String of(@Nullable Object tree) {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(text)) {
      json.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER));
      write(json, tree);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (var entry : map.entrySet()) {
          json.writeFieldName(entry.getKey().toString());
          write(json, entry.getValue());
        }
        json.writeEndObject();
      }
      case Iterable<?> items -> {
        json.writeStartArray();
        for (var item : items) {
          write(json, item);
        }
        json.writeEndArray();
      }
      case CharSequence text -> json.writeString(text.toString());
      case Boolean truth -> json.writeBoolean(truth);
      case Double d when d.isNaN() || d.isInfinite() -> json.writeString(d.toString());
      case Float f when f.isNaN() || f.isInfinite() -> json.writeString(f.toString());
      case Number number -> json.writeNumber(new BigDecimal(number.toString()));
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }
}
