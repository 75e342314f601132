package ferry.workflow;

import ferry.error.Location;
import ferry.error.OutputError;
import ferry.error.UserException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** The values that a step put out: lines {@code name=value} in the file {@code $FERRY_OUTPUT}. */
public final class StepValues {
  /** How many bytes a step may put out in all. */
  public static final int MOST_BYTES = 4_000;

  /** What errors call the file. */
  public static final String SOURCE = "$FERRY_OUTPUT";

  private static final int SHOWN = 60;

  private StepValues() {}

  /**
   * The values of a file, by name; where a name stands twice, the later line counts.
   *
   * @throws UserException if there is too much of it, or a line is something else
   */
  public static SequencedMap<String, String> parse(byte[] file) {
    if (file.length > MOST_BYTES) {
      throw new OutputError.TooMuch(file.length, MOST_BYTES).thrown();
    }
    try {
      return lines(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString());
    } catch (CharacterCodingException binary) {
      var shown = new String(file, StandardCharsets.UTF_8);
      throw new OutputError.BadLine(shortened(shown.strip()), "expected text in UTF-8").thrown();
    }
  }

  /** The same of a text. */
  public static SequencedMap<String, String> parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The name whose value stands at an offset of such a text; empty where a name itself does. */
  public static Optional<String> nameAt(String text, int offset) {
    int start = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
    int equals = text.indexOf('=', start);
    var name = equals >= 0 && equals < offset ? text.substring(start, equals) : "";
    return Placeholder.isName("step." + name) ? Optional.of(name) : Optional.empty();
  }

  private static SequencedMap<String, String> lines(String text) {
    var values = new LinkedHashMap<String, String>();
    int start = 0;
    for (var written : text.split("\n", -1)) {
      var line = written.endsWith("\r") ? written.substring(0, written.length() - 1) : written;
      if (!line.isBlank()) {
        int equals = line.indexOf('=');
        check(text, start, line, equals);
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
      start += written.length() + 1;
    }
    return Collections.unmodifiableSequencedMap(values);
  }

  private static void check(String text, int start, String line, int equals) {
    var why = why(line, equals);
    if (!why.isEmpty()) {
      throw new OutputError.BadLine(shortened(line), why)
          .thrown()
          .at(Location.of(SOURCE, text, start, start + line.length()));
    }
  }

  private static String why(String line, int equals) {
    if (equals < 0) {
      return "expected `name=value`";
    }
    var name = line.substring(0, equals);
    if (!Placeholder.isName("step." + name)) {
      return name.isBlank()
          ? "there is no name before the `=`"
          : Placeholder.isName("step." + name.strip())
              ? "expected no spaces around the name"
              : "`"
                  + shortened(name)
                  + "` is not a name: expected letters, digits, `-` and `_`, first a letter";
    }
    return line.indexOf('\0') >= 0 ? "a value cannot hold a NUL character" : "";
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
  }
}
