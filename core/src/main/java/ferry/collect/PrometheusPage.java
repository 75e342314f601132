package ferry.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a Prometheus endpoint answers, in its text format: a sample a line, labels in braces. */
public final class PrometheusPage {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*+)(\\{[^}]*+})?+\\s++(\\S++)(?:\\s++-?+\\d++)?+\\s*+");

  private PrometheusPage() {}

  /** All samples; one with labels is named with them, as it stands there. */
  public static List<Sighting> read(String page) {
    var found = new ArrayList<Sighting>();
    for (var line : page.split("\n")) {
      var sample = SAMPLE.matcher(line);
      if (!line.startsWith("#") && sample.matches()) {
        var labels = sample.group(2) == null ? "" : sample.group(2);
        NumberText.parse(sample.group(3))
            .ifPresent(value -> found.add(Sighting.of(sample.group(1) + labels, value)));
      }
    }
    return found;
  }
}
