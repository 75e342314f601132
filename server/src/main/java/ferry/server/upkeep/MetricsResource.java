package ferry.server.upkeep;

import ferry.run.RunStatus;
import ferry.server.http.Exchange;
import ferry.server.http.Route;
import ferry.server.http.Route.Access;
import ferry.tracking.RunCatalog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** How the server does, in numbers, for Prometheus. */
final class MetricsResource {
  private final RunCatalog catalog;
  private final UpkeepRoutes.Watching meters;
  private final ScrapeToken token;
  private final String version;
  private final Instant started;

  MetricsResource(
      RunCatalog catalog,
      UpkeepRoutes.Watching meters,
      ScrapeToken token,
      String version,
      InstantSource clock) {
    this.catalog = catalog;
    this.meters = meters;
    this.token = token;
    this.version = version;
    this.started = clock.instant();
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/metrics", Access.ANYBODY, this::scrape),
        Route.of("GET", "/api/v1/server/metrics", this::show));
  }

  private void scrape(Exchange exchange) throws IOException {
    token.check(exchange);
    show(exchange);
  }

  private void show(Exchange exchange) throws IOException {
    exchange.send(200, MetricsText.TYPE, text().getBytes(StandardCharsets.UTF_8));
  }

  private String text() {
    var text = new MetricsText();
    text.head("ferry_build_info", "gauge", "Which Ferry this is.");
    text.value("ferry_build_info{version=\"" + MetricsText.label(version) + "\"}", 1);
    text.gauge(
        "process_start_time_seconds",
        "When the server started, in seconds since 1970.",
        started.toEpochMilli() / 1000.0);
    var counts = catalog.counts();
    text.head("ferry_runs", "gauge", "Runs that are known, by their state.");
    for (var status : RunStatus.values()) {
      var name = "ferry_runs{state=\"" + status.word() + "\"}";
      text.value(name, counts.runs().getOrDefault(status, 0L));
    }
    text.gauge("ferry_steps_running", "Step runs that run.", counts.stepsRunning());
    text.gauge(
        "ferry_steps_waiting",
        "Step runs of runs that go on which wait for room or for others.",
        counts.stepsWaiting());
    meters.runs().write(text);
    meters
        .journal()
        .appends()
        .write(text, "ferry_journal_append_seconds", "How long a turn took to become durable.");
    text.gauge(
        "ferry_journal_failing",
        "Whether the journal could not be written when it was tried last.",
        meters.journal().failure().isPresent() ? 1 : 0);
    http(text);
    meters.notifier().write(text);
    machine(text);
    return text.toString();
  }

  private void http(MetricsText text) {
    text.head("ferry_http_requests_total", "counter", "Requests that were answered.");
    meters
        .http()
        .counts()
        .forEach((labels, count) -> {
          var label = "method=\"" + labels.method() + "\",status=\"" + labels.status() + "xx\"";
          text.value("ferry_http_requests_total{" + label + "}", count);
        });
    text.counter(
        "ferry_http_request_seconds_total", "Time spent on requests.", meters.http().seconds());
    text.gauge("ferry_http_requests_open", "Requests being answered.", meters.http().open());
  }

  private static void machine(MetricsText text) {
    var memory = ManagementFactory.getMemoryMXBean();
    text.head("jvm_memory_used_bytes", "gauge", "Memory that the server's Java uses.");
    text.value("jvm_memory_used_bytes{area=\"heap\"}", memory.getHeapMemoryUsage().getUsed());
    text.value("jvm_memory_used_bytes{area=\"nonheap\"}", memory.getNonHeapMemoryUsage().getUsed());
    text.gauge(
        "jvm_memory_max_bytes",
        "The most that its heap may have.",
        Runtime.getRuntime().maxMemory());
    text.gauge(
        "jvm_threads_current",
        "Its threads, virtual ones not counted.",
        ManagementFactory.getThreadMXBean().getThreadCount());
    double paused =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(each -> Math.max(0, each.getCollectionTime()))
            .sum();
    text.counter("jvm_gc_seconds_total", "Time that its garbage collection took.", paused / 1000.0);
  }
}
