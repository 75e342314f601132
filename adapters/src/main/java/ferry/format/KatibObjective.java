package ferry.format;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What Katib's Experiment wants of which metric, and where that is read. */
final class KatibObjective {
  private static final String USUAL_FILE = "/var/log/katib/metrics.log";
  private static final String USUAL_EVENTS = "/var/log/katib/tfevent/";
  private static final List<String> GOALS = List.of("minimize", "maximize");
  private static final List<String> STRATEGIES = List.of("min", "max", "latest");
  private static final List<String> COLLECTORS =
      List.of("StdOut", "File", "TensorFlowEvent", "PrometheusMetric", "Push");

  private final Foreign spec;
  private final ForeignSearch search;

  KatibObjective(Foreign spec, ForeignSearch search) {
    this.spec = spec;
    this.search = search;
  }

  /** Reads all of it into the search; gives the path where a trial's file or files lie. */
  Optional<KatibPath> read() {
    var objective = spec.neededInner("objective", "which metric, and `type: maximize`");
    var goal = objective.neededWord("type", GOALS, "`maximize` or `minimize`");
    search.set("goal", goal, objective, "type");
    var metric = objective.neededText("objectiveMetricName", "the name of the metric");
    search.set("metric", metric, objective, "objectiveMetricName");
    if (objective.real("goal").isPresent()) {
      search.set("target", objective.written("goal"), objective, "goal");
    }
    objective.inners("metricStrategies").forEach(one -> strategy(one, metric, goal));
    objective.rest("additionalMetricNames");
    return spec.inner("metricsCollectorSpec").flatMap(this::collector);
  }

  private void strategy(Foreign strategy, String metric, String goal) {
    var value = strategy.neededWord("value", STRATEGIES, "min, max or latest");
    if (strategy.neededText("name", "the name of a metric").equals(metric)) {
      if (value.equals(goal.equals("maximize") ? "min" : "max")) {
        strategy.warn("value", "is the worst value of a trial; its best one counts here");
      }
      search.set("metric_value", value.equals("latest") ? "last" : "best", strategy, "value");
    }
    strategy.rest();
  }

  /** What Katib's sidecar finds at a path a trial writes in its directory. */
  private Optional<KatibPath> collector(Foreign from) {
    var collector = from.inner("collector");
    var kind = collector.flatMap(one -> one.word("kind", COLLECTORS)).orElse("StdOut");
    collector.ifPresent(one -> one.rest("customCollector"));
    var source = from.inner("source");
    from.rest();
    source.ifPresent(this::pattern);
    var path =
        switch (kind) {
          case "File" -> Optional.of(path(from, "metric_file", USUAL_FILE));
          case "TensorFlowEvent" -> Optional.of(path(from, "metric_events", USUAL_EVENTS));
          default -> Optional.<KatibPath>empty(); // what is printed, or answered
        };
    if (kind.equals("PrometheusMetric")) {
      page(from);
    }
    source.ifPresent(one -> {
      one.node(
          kind.equals("PrometheusMetric")
              ? "httpGet"
              : path.isPresent() ? "fileSystemPath" : "filter");
      one.rest("fileSystemPath", "httpGet");
    });
    return path;
  }

  private void pattern(Foreign source) {
    var filter = source.inner("filter");
    if (filter.isEmpty()) {
      return;
    }
    var formats = filter.get().texts("metricsFormat");
    filter.get().rest();
    if (formats.isEmpty()) {
      return;
    }
    var pattern = GoPattern.inJava(formats.getFirst());
    if (groups(pattern) < 2) {
      throw filter
          .get()
          .bad(
              "metricsFormat",
              "`" + formats.getFirst() + "`",
              "two groups, one for a metric's name and one for its value",
              "for example `([\\w-]+)=([+-]?\\d+(?:\\.\\d+)?)`");
    }
    search.set("metric_pattern", pattern, filter.get(), "metricsFormat");
    if (formats.size() > 1) {
      filter.get().warn("metricsFormat", "counts with its first expression only");
    }
  }

  /** How many groups a pattern has; of one that cannot be read it is said elsewhere. */
  private static int groups(String pattern) {
    try {
      return Pattern.compile(pattern).matcher("").groupCount();
    } catch (PatternSyntaxException _) {
      return Integer.MAX_VALUE;
    }
  }

  private KatibPath path(Foreign from, String setting, String usual) {
    var source = from.inner("source");
    var file = source.flatMap(one -> one.inner("fileSystemPath"));
    var path = file.flatMap(one -> one.text("path"));
    file.ifPresent(one -> one.rest("kind", "format"));
    var at = path.isPresent() ? file.orElse(from) : from;
    var key = path.isPresent() ? "path" : "collector";
    search.set(setting, path.orElse(usual), at, key);
    return new KatibPath(setting, path.orElse(usual), at, key);
  }

  private void page(Foreign from) {
    var get = from.inner("source").flatMap(one -> one.inner("httpGet"));
    var port = get.flatMap(one -> one.text("port")).orElse("8080");
    var page = get.flatMap(one -> one.text("path")).orElse("/metrics");
    get.ifPresent(one -> {
      one.number("port", 1, 65_535);
      one.rest("host", "scheme", "httpHeaders");
    });
    var address = "http://127.0.0.1:" + port + (page.startsWith("/") ? "" : "/") + page;
    search.set("metric_endpoint", address, get.orElse(from), get.isEmpty() ? "collector" : "path");
  }
}
