package ferry.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a Prometheus endpoint answers, in its text format: a sample a line, labels in braces. */
public final class PrometheusPage {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*+)(\\{(?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*+\")*+})?+\\s++(\\S++)(?:\\s++-?+\\d++)?+\\s*+");

  private PrometheusPage() {}

  /**
   * All samples; one with labels is named with them, as it stands there, and without them, too,
   * where no other sample has its name.
   */
  public static List<Sighting> read(String page) {
    var found = new ArrayList<Sighting>();
    var labelled = new LinkedHashMap<String, List<Double>>();
    for (var line : page.split("\n")) {
      var sample = SAMPLE.matcher(line);
      if (!line.startsWith("#") && sample.matches()) {
        var labels = sample.group(2) == null ? "" : sample.group(2);
        NumberText.parse(sample.group(3))
            .ifPresent(value -> {
              found.add(Sighting.of(sample.group(1) + labels, value));
              labelled.computeIfAbsent(sample.group(1), _ -> new ArrayList<>()).add(value);
            });
      }
    }
    var named = found.stream().map(Sighting::key).collect(Collectors.toSet());
    labelled.forEach((name, values) -> {
      if (values.size() == 1 && !named.contains(name)) {
        found.add(Sighting.of(name, values.getFirst()));
      }
    });
    return found;
  }
}
