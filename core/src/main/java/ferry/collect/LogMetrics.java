package ferry.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the metrics out of one log. Each line belongs to the first form that knows it; those of
 * libraries come before the general one, which would take their lines apart in its own way.
 */
public final class LogMetrics {
  private final LogLines lines = new LogLines();
  private final List<LineForm> forms;
  private final LikelyLines likely = new LikelyLines();
  private long number;

  private LogMetrics(List<LineForm> forms) {
    this.forms = List.copyOf(forms);
  }

  /**
   * What was found.
   *
   * @param form the name of the form of the line, for people: {@code Keras}, {@code name=value}
   * @param line the line that it stood in, from 0
   */
  public record Found(String form, long line, Sighting sighting) {}

  /** A reader of all forms that are known. */
  public static LogMetrics ofKnownForms() {
    return new LogMetrics(
        List.of(
            new BarLines(), // sees the epochs that lines of others name
            new KerasLines(),
            new DictionaryLines("HuggingFace"),
            new BoostingLines(BoostingLines.Kind.LIGHTGBM),
            new BoostingLines(BoostingLines.Kind.XGBOOST),
            new BoostingLines(BoostingLines.Kind.CATBOOST),
            new SklearnLines(),
            new LightningTable(),
            new PairLines()));
  }

  /** A reader of lines of JSON and nothing else. */
  public static LogMetrics ofJsonLines() {
    return new LogMetrics(List.of(new DictionaryLines("JSON lines")));
  }

  /**
   * A reader by a user's own expression and nothing else.
   *
   * @param metric the name of what it finds where the expression has no group for the name
   * @throws ferry.error.UserException for an expression that cannot be used
   */
  public static LogMetrics of(String regex, String metric) {
    return new LogMetrics(List.of(OwnPattern.of(regex, metric)));
  }

  /** Reads on; gives what the lines that are whole by now say. */
  public List<Found> take(byte[] bytes) {
    var found = new ArrayList<Found>();
    lines.take(bytes, line -> read(line, found::add));
    return found;
  }

  /** Reads what is left, when nothing more will come. */
  public List<Found> end() {
    var found = new ArrayList<Found>();
    lines.end(line -> read(line, found::add));
    for (var form : forms) {
      form.end().forEach(sighting -> found.add(new Found(form.name(), number, sighting)));
    }
    return found;
  }

  /** The last lines that looked as if they told a metric, whatever its name. */
  List<String> likely() {
    return likely.lines();
  }

  private void read(String line, Consumer<Found> found) {
    long at = number++;
    for (var form : forms) {
      var read = form.read(line);
      if (read.isPresent()) {
        likely.add(line, !read.get().isEmpty());
        read.get().forEach(sighting -> found.accept(new Found(form.name(), at, sighting)));
        return;
      }
    }
    likely.add(line, false);
  }
}
