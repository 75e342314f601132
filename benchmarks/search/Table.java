import ferry.search.space.Point;
import ferry.search.space.Space;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a real model came to for every combination of some values; see `make_tables.py`. */
record Table(List<String> names, Space space, Map<String, double[]> errors) {
  /** How many units of training each line tells of. */
  static final int UNITS = 27;

  static Table read(String name) {
    try {
      var lines = Files.readAllLines(Path.of(System.getProperty("tables"), name + ".csv"));
      var names = new ArrayList<String>();
      var texts = new ArrayList<String>();
      for (var head : lines.getFirst().split(",")) {
        int equals = head.indexOf('=');
        if (equals > 0) {
          var values = head.substring(equals + 1);
          names.add(head.substring(0, equals));
          texts.add(
              head.substring(0, equals)
                  + (values.matches("[0-9]+") ? "=int:0.." + (Integer.parseInt(values) - 1) : "=[" + values.replace("|", ", ") + "]"));
        }
      }
      var errors = new HashMap<String, double[]>();
      for (var line : lines.subList(1, lines.size())) {
        int comma = line.lastIndexOf(',');
        var numbers = line.substring(comma + 1).split(" ");
        var curve = new double[numbers.length];
        for (int i = 0; i < curve.length; i++) {
          curve[i] = Integer.parseInt(numbers[i]) / 10_000.0;
        }
        errors.put(line.substring(0, comma), curve);
      }
      return new Table(names, Functions.space(texts.toArray(String[]::new)), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double error(Point point, int units) {
    var words = names.stream().map(name -> Functions.word(point, name)).toList();
    return errors.get(String.join(",", words))[units - 1];
  }
}
