package ferry.server.mlflow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import ferry.server.http.JsonReader;
import ferry.tracking.Metric;
import java.io.CharConversionException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A batch of nothing but metrics as clients send it thousands of times, read in one go. Whatever is
 * not just like that, right or wrong, is left to {@link Parameters}, which words what is wrong.
 */
record PlainBatch(String run, List<Metric> points) {

  /** Reads one, token by token. */
  private static final class Reader {
    private static final int ALL = 0b1111;

    private final JsonParser parser;
    private final List<Metric> points = new ArrayList<>(Limits.METRICS);
    private String run = "";
    private String key = "";
    private double value;
    private long at;
    private long step;

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    /** Whether it is a plain one. */
    boolean read() throws IOException {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (!field(name)) {
          return false;
        }
      }
      return parser.currentToken() == JsonToken.END_OBJECT
          && parser.nextToken() == null
          && !run.isEmpty();
    }

    private boolean field(String name) throws IOException {
      return switch (name) {
        case "run_id" -> run.isEmpty() && runId();
        case "metrics" -> points.isEmpty() && metrics();
        case "params", "tags" ->
            parser.currentToken() == JsonToken.START_ARRAY
                && parser.nextToken() == JsonToken.END_ARRAY;
        default -> false;
      };
    }

    private boolean runId() throws IOException {
      run = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
      return !run.isEmpty();
    }

    private boolean metrics() throws IOException {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        return false;
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        if (points.size() == Limits.METRICS || !metric()) {
          return false;
        }
        points.add(new Metric(key, value, step, Instant.ofEpochMilli(at)));
      }
      return parser.currentToken() == JsonToken.END_ARRAY && !points.isEmpty();
    }

    private boolean metric() throws IOException {
      int seen = 0;
      for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        var token = parser.nextToken();
        int part = part(name, token);
        if (part == 0 || (seen & part) != 0) {
          return false;
        }
        seen |= part;
      }
      return seen == ALL && parser.currentToken() == JsonToken.END_OBJECT;
    }

    /** Which part was read; 0 where it is not a plain one. */
    private int part(String name, JsonToken token) throws IOException {
      return switch (name) {
        case "key" -> key(token) ? 0b0001 : 0;
        case "value" -> value(token) ? 0b0010 : 0;
        case "timestamp" -> time(token) ? 0b0100 : 0;
        case "step" -> step(token) ? 0b1000 : 0;
        default -> 0;
      };
    }

    private boolean time(JsonToken token) throws IOException {
      at = isWhole(token) ? parser.getLongValue() : -1;
      return at >= 0 && at <= Limits.MOST_MILLIS;
    }

    private boolean step(JsonToken token) throws IOException {
      step = isWhole(token) ? parser.getLongValue() : 0;
      return isWhole(token);
    }

    private boolean key(JsonToken token) throws IOException {
      key = token == JsonToken.VALUE_STRING ? parser.getText() : "";
      return Limits.isPlainKey(key);
    }

    private boolean value(JsonToken token) throws IOException {
      if (token == JsonToken.VALUE_NUMBER_FLOAT) {
        value = parser.getDoubleValue();
        return true;
      }
      value = isWhole(token) ? parser.getLongValue() : 0;
      return isWhole(token);
    }

    private boolean isWhole(JsonToken token) throws IOException {
      return token == JsonToken.VALUE_NUMBER_INT
          && (parser.getNumberType() == JsonParser.NumberType.INT
              || parser.getNumberType() == JsonParser.NumberType.LONG);
    }
  }

  static Optional<PlainBatch> read(byte[] bytes) throws IOException {
    try (var parser = JsonReader.parser(bytes)) {
      var reader = new Reader(parser);
      return reader.read()
          ? Optional.of(new PlainBatch(reader.run, reader.points))
          : Optional.empty();
    } catch (JsonProcessingException | CharConversionException _) {
      return Optional.empty(); // which is told in words by whoever reads it next
    }
  }
}
