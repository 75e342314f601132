package ferry.cli;

import ferry.cli.client.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts null where a run lacks what {@code show -o json} promises of each attempt. */
final class PromisedFields {
  private static final List<String> OF_ATTEMPTS =
      List.of("number", "started", "ended", "exitCode", "reason", "cpuSeconds", "peakMemoryBytes");

  private PromisedFields() {}

  /** The run with every promised field. */
  static Json of(Json run) {
    var steps = new ArrayList<Object>();
    for (var step : run.list("steps")) {
      var attempts = new ArrayList<Object>();
      for (var attempt : step.list("attempts")) {
        var whole = plain(attempt);
        OF_ATTEMPTS.forEach(field -> whole.putIfAbsent(field, null));
        attempts.add(whole);
      }
      var whole = plain(step);
      whole.put("attempts", attempts);
      steps.add(whole);
    }
    var whole = plain(run);
    whole.put("steps", steps);
    return new Json(whole);
  }

  private static Map<String, Object> plain(Json object) {
    var plain = new LinkedHashMap<String, Object>();
    object.entries().forEach((key, entry) -> plain.put(key, entry.value()));
    return plain;
  }
}
