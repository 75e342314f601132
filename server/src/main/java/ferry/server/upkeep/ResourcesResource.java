package ferry.server.upkeep;

import ferry.run.AttemptId;
import ferry.run.Capacity;
import ferry.run.RunId;
import ferry.server.RunLookup;
import ferry.server.StepLookup;
import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.server.http.Route;
import ferry.tracking.ResourceSamples;
import ferry.tracking.ResourceSamples.Sample;
import ferry.tracking.RunRecord;
import ferry.tracking.StepRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What attempts used over time: processors, memory, GPUs. */
final class ResourcesResource {
  private final RunLookup lookup;
  private final ResourceSamples samples;
  private final Supplier<Capacity> capacity;

  ResourcesResource(RunLookup lookup, ResourceSamples samples, Supplier<Capacity> capacity) {
    this.lookup = lookup;
    this.samples = samples;
    this.capacity = capacity;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "/api/v1/runs/{run}/steps/{step}/resources", this::resources));
  }

  private void resources(Exchange exchange) throws IOException {
    var run = lookup.record(exchange.path("run"));
    var step = StepLookup.step(run, exchange.path("step"));
    var wanted = exchange.number("attempt", 1, Integer.MAX_VALUE).map(Long::intValue);
    var number = StepLookup.attempt(step, wanted);
    RunId id = run.summary().id();
    var taken =
        number
            .map(attempt -> samples.of(new AttemptId(id, step.name(), attempt)))
            .orElse(List.of());
    var note = taken.isEmpty() ? Optional.of(why(run, step, number)) : Optional.<String>empty();
    exchange.json(
        200,
        json -> {
          json.number("attempt", number.orElse(0).longValue());
          machine(json, run);
          json.number("intervalSeconds", interval(taken));
          json.tree("samples", columns(taken)).text("note", note);
        });
  }

  /** Of a cluster it is not known how much its nodes have. */
  private void machine(JsonWriter json, RunRecord run) throws IOException {
    if (run.summary().backend().equals("local")) {
      var machine = capacity.get();
      json.number("cpus", machine.cpuMillis() / 1000.0)
          .number("memoryBytes", machine.memoryBytes());
    }
  }

  private static String why(RunRecord run, StepRecord step, Optional<Integer> number) {
    if (number.isEmpty()) {
      return "the step has not started";
    }
    if (!run.summary().backend().equals("local")) {
      return "no samples are taken of steps on " + run.summary().backend();
    }
    boolean hasEnded =
        step.attempts().stream()
            .anyMatch(one -> one.number() == number.get() && one.ended().isPresent());
    return hasEnded
        ? "it ended before the first sample, which is taken after two seconds"
        : "the first sample is taken after two seconds";
  }

  private static double interval(List<Sample> samples) {
    if (samples.size() < 2) {
      return 2;
    }
    var time = Duration.between(samples.getFirst().at(), samples.getLast().at());
    return Math.round(time.toMillis() / 100.0 / (samples.size() - 1)) / 10.0;
  }

  private static Map<String, Object> columns(List<Sample> samples) {
    var columns = new LinkedHashMap<String, Object>();
    columns.put("at", samples.stream().map(sample -> sample.at().toEpochMilli()).toList());
    columns.put("cpu", samples.stream().map(Sample::cpuPercent).toList());
    columns.put("memory", samples.stream().map(Sample::memoryBytes).toList());
    if (samples.stream().anyMatch(sample -> sample.gpuPercent().isPresent())) {
      columns.put("gpu", samples.stream().map(sample -> sample.gpuPercent().orElse(0)).toList());
      columns.put(
          "gpuMemory", samples.stream().map(sample -> sample.gpuMemoryBytes().orElse(0)).toList());
    }
    return columns;
  }
}
