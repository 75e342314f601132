package ferry.server.mlflow;

import ferry.error.UserException;
import ferry.server.http.Exchange;
import ferry.server.http.JsonReader;
import ferry.server.http.Percent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks with: fields of a JSON object, or what follows the question mark. As protobuf
 * reads JSON, numbers may be texts, and what is not known is passed over.
 */
final class Parameters {
  private final Map<?, ?> values;

  private Parameters(Map<?, ?> values) {
    this.values = values;
  }

  static Parameters of(Exchange exchange) throws IOException {
    var query = query(exchange.rawQuery());
    if (exchange.method().equals("GET")) {
      return new Parameters(query);
    }
    return of(exchange.bytes(), exchange);
  }

  /** Of a body that was read: a JSON object, or nothing. */
  static Parameters of(byte[] bytes, Exchange exchange) throws IOException {
    if (bytes.length == 0) {
      return new Parameters(query(exchange.rawQuery()));
    }
    try {
      return new Parameters(JsonReader.object(bytes));
    } catch (UserException notJson) {
      throw new MlflowProblem(MlflowProblem.Code.BAD_REQUEST, notJson.error().message());
    }
  }

  /** Names and values as forms encode them: a plus is a blank, a name may come several times. */
  private static Map<String, @Nullable Object> query(String raw) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (var pair : raw.isEmpty() ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      var name = decode(equals < 0 ? pair : pair.substring(0, equals));
      var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (values.get(name) instanceof List<?> many) {
        var more = new ArrayList<@Nullable Object>(many);
        more.add(value);
        values.put(name, more);
      } else {
        values.put(name, List.of(value));
      }
    }
    return values;
  }

  private static String decode(String text) {
    return Percent.decode(text.replace('+', ' '));
  }

  /** A text that must be there and not be empty. */
  String text(String name) {
    return optionalText(name)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() ->
            MlflowProblem.invalid(
                "Missing value for required parameter '" + name + "'. It cannot be empty."));
  }

  /** A text that must be there. */
  String given(String name) {
    return optionalText(name)
        .orElseThrow(
            () -> MlflowProblem.invalid("Missing value for required parameter '" + name + "'."));
  }

  Optional<String> optionalText(String name) {
    return switch (single(name)) {
      case null -> Optional.empty();
      case String text when text.indexOf('\0') >= 0 ->
          throw wrong(name, text.replace('\0', '\uFFFD'), "a text without NUL characters");
      case String text -> Optional.of(text);
      case Long number -> Optional.of(number.toString());
      case Object other -> throw wrong(name, other, "a string");
    };
  }

  long number(String name) {
    var number = optionalNumber(name);
    if (number.isEmpty()) {
      throw MlflowProblem.invalid("Missing value for required parameter '" + name + "'.");
    }
    return number.getAsLong();
  }

  OptionalLong optionalNumber(String name) {
    return switch (single(name)) {
      case null -> OptionalLong.empty();
      case Long number -> OptionalLong.of(number);
      case Double real when real == Math.rint(real) && Math.abs(real) < 1e18 ->
          OptionalLong.of(real.longValue());
      case String text when text.matches("[+-]?[0-9]{1,19}") -> whole(name, text);
      case Object other -> throw wrong(name, other, "a whole number");
    };
  }

  private static OptionalLong whole(String name, String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException _) {
      throw wrong(name, text, "a whole number of 64 bits");
    }
  }

  /** A number between bounds. */
  OptionalInt count(String name, int least, int most) {
    var number = optionalNumber(name);
    if (number.isEmpty()) {
      return OptionalInt.empty();
    }
    long value = number.getAsLong();
    if (value < least || value > most) {
      throw MlflowProblem.invalid(
          "Invalid value %d for parameter '%s' supplied. It must be at least %d and at most %d"
              .formatted(value, name, least, most));
    }
    return OptionalInt.of((int) value);
  }

  double real(String name) {
    return switch (single(name)) {
      case null ->
          throw MlflowProblem.invalid("Missing value for required parameter '" + name + "'.");
      case Double real -> real;
      case Long number -> number.doubleValue();
      case String text -> real(name, text);
      case Object other -> throw wrong(name, other, "a number");
    };
  }

  private static double real(String name, String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity", "inf" -> Double.POSITIVE_INFINITY;
      case "-Infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException _) {
          throw wrong(name, text, "a number");
        }
      }
    };
  }

  boolean flag(String name) {
    return switch (single(name)) {
      case null -> false;
      case Boolean truth -> truth;
      case String text -> text.equalsIgnoreCase("true");
      case Object other -> throw wrong(name, other, "true or false");
    };
  }

  List<String> texts(String name) {
    var texts = new ArrayList<String>();
    for (var item : items(name)) {
      switch (item) {
        case String text -> texts.add(text);
        case Long number -> texts.add(number.toString());
        case null, default -> throw wrong(name, String.valueOf(item), "a list of strings");
      }
    }
    return texts;
  }

  List<Parameters> objects(String name) {
    var objects = new ArrayList<Parameters>();
    for (var item : items(name)) {
      if (!(item instanceof Map<?, ?> map)) {
        throw wrong(name, String.valueOf(item), "a list of objects");
      }
      objects.add(new Parameters(map));
    }
    return objects;
  }

  Optional<Parameters> object(String name) {
    return switch (single(name)) {
      case null -> Optional.empty();
      case Map<?, ?> map -> Optional.of(new Parameters(map));
      case Object other -> throw wrong(name, other, "an object");
    };
  }

  private List<?> items(String name) {
    return switch (values.get(name)) {
      case null -> List.of();
      case List<?> list -> list;
      case Object other -> throw wrong(name, other, "a list");
    };
  }

  boolean has(String name) {
    return values.get(name) != null;
  }

  private @Nullable Object single(String name) {
    var value = values.get(name);
    return value instanceof List<?> list
            && !list.isEmpty()
            && list.getFirst() instanceof String text
        ? text
        : value;
  }

  private static MlflowProblem wrong(String name, Object found, String expected) {
    var text = found.toString();
    var shown = text.length() <= 100 ? text : text.substring(0, 100) + "…";
    return MlflowProblem.invalid(
        "Invalid value " + shown + " for parameter '" + name + "' supplied; expected " + expected);
  }
}
