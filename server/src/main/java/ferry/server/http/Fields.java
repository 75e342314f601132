package ferry.server.http;

import ferry.error.RequestError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object; one that is null counts as not there. */
public final class Fields {
  private final String prefix;
  private final Map<?, ?> values;

  Fields(Map<String, ?> values) {
    this("", values);
  }

  private Fields(String prefix, Map<?, ?> values) {
    this.prefix = prefix;
    this.values = values;
  }

  /** A text that must be there. */
  public String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  public Optional<String> optionalText(String name) {
    return switch (values.get(name)) {
      case null -> Optional.empty();
      case String text -> Optional.of(text);
      case Object other -> throw wrong(name, other, "text");
    };
  }

  /** A truth; false where it is not there. */
  public boolean flag(String name) {
    return switch (values.get(name)) {
      case null -> false;
      case Boolean truth -> truth;
      case Object other -> throw wrong(name, other, "true or false");
    };
  }

  /** A list of texts; empty where it is not there. */
  public List<String> texts(String name) {
    return switch (values.get(name)) {
      case null -> List.of();
      case List<?> list -> list.stream().map(item -> item(name, item)).toList();
      case Object other -> throw wrong(name, other, "a list of texts");
    };
  }

  private String item(String name, @Nullable Object item) {
    if (item instanceof String text) {
      return text;
    }
    throw wrong(name, item, "texts");
  }

  /** Names and texts, a number or truth standing for its text; empty where it is not there. */
  public Map<String, String> map(String name) {
    var map = new LinkedHashMap<String, String>();
    object(name).values.forEach((key, value) -> map.put("" + key, scalar(name + "." + key, value)));
    return map;
  }

  private String scalar(String name, @Nullable Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    throw wrong(name, value, "text");
  }

  /** An object; one without fields where it is not there. */
  public Fields object(String name) {
    return switch (values.get(name)) {
      case null -> new Fields(prefix + name + ".", Map.of());
      case Map<?, ?> map -> new Fields(prefix + name + ".", map);
      case Object other -> throw wrong(name, other, "an object");
    };
  }

  private RuntimeException missing(String name) {
    var message = "the request has no `" + prefix + name + "`";
    return new RequestError.BadRequest(message, List.of()).thrown();
  }

  private RuntimeException wrong(String name, @Nullable Object found, String expected) {
    var message = "`" + prefix + name + "` is " + kind(found) + "; expected " + expected;
    return new RequestError.BadRequest(message, List.of()).thrown();
  }

  private static String kind(@Nullable Object value) {
    return switch (value) {
      case String _ -> "a text";
      case Number _ -> "a number";
      case Boolean _ -> "true or false";
      case List<?> _ -> "a list";
      case Map<?, ?> _ -> "an object";
      case null, default -> "null";
    };
  }
}
