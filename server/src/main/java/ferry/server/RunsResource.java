package ferry.server;

import ferry.error.RequestError;
import ferry.error.UserException;
import ferry.query.Clause;
import ferry.query.FilterReader;
import ferry.query.Vocabulary;
import ferry.run.RunId;
import ferry.run.RunStatus;
import ferry.server.http.Exchange;
import ferry.server.http.Route;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunSummary;
import ferry.tracking.RunTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Lists and shows runs. */
final class RunsResource {
  private static final int LIMIT = 100;
  private static final int MOST = 1000;
  private static final String METRIC = "metrics.";
  private static final String PARAMETER = "params.";

  private final RunCatalog catalog;
  private final RunTable table;
  private final RunLookup lookup;
  private final RunJson json;
  private final ExperimentResource experiments;
  private final Runnable listing;

  /**
   * The runs of a server.
   *
   * @param listing called before runs are listed
   */
  RunsResource(
      RunCatalog catalog,
      RunTable table,
      RunLookup lookup,
      RunJson json,
      ExperimentResource experiments,
      Runnable listing) {
    this.listing = listing;
    this.table = table;
    this.experiments = experiments;
    this.catalog = catalog;
    this.lookup = lookup;
    this.json = json;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/runs", this::list),
        Route.of("GET", "/api/v1/runs/{run}", this::show),
        Route.of("GET", "/api/v1/runs/{run}/steps/{step}", this::step));
  }

  private void list(Exchange exchange) throws IOException {
    listing.run();
    int limit = exchange.number("limit", 1, MOST).map(Long::intValue).orElse(LIMIT);
    var runs = isTable(exchange) ? table(exchange, limit) : newest(exchange, limit);
    Optional<RunId> next =
        runs.size() < limit ? Optional.empty() : Optional.of(runs.getLast().id());
    exchange.json(200, answer -> answer.list("runs", runs, RunJson::summary).text("next", next));
  }

  private List<RunSummary> newest(Exchange exchange, int limit) {
    return catalog.list(
        new RunCatalog.Query(
            statuses(exchange.query("state")),
            exchange.query("workflow"),
            hasTrials(exchange),
            exchange.query("after").map(RunId::new),
            limit));
  }

  private static boolean hasTrials(Exchange exchange) {
    return exchange.query("trials").filter("false"::equals).isEmpty();
  }

  /** Whether more is asked for than the newest runs, which alone walk an index. */
  private static boolean isTable(Exchange exchange) {
    return exchange.query("text").isPresent()
        || exchange.query("where").isPresent()
        || exchange.query("sort").isPresent()
        || exchange.flag("starred");
  }

  private List<RunSummary> table(Exchange exchange, int limit) {
    return table.list(
        new RunTable.Query(
            statuses(exchange.query("state")),
            exchange.query("workflow"),
            exchange.query("text"),
            hasTrials(exchange),
            exchange.flag("starred"),
            exchange.query("where").map(RunsResource::clauses).orElse(List.of()),
            exchange.query("sort").map(RunsResource::by).orElse(new RunTable.By.Submitted()),
            !exchange.flag("rising"),
            exchange.query("after").map(RunId::new),
            limit));
  }

  private static List<Clause> clauses(String text) {
    return FilterReader.filter(text, Vocabulary.RUNS);
  }

  private static RunTable.By by(String word) {
    if (word.startsWith(METRIC) && word.length() > METRIC.length()) {
      return new RunTable.By.Metric(word.substring(METRIC.length()));
    }
    if (word.startsWith(PARAMETER) && word.length() > PARAMETER.length()) {
      return new RunTable.By.Parameter(word.substring(PARAMETER.length()));
    }
    return switch (word) {
      case "submitted" -> new RunTable.By.Submitted();
      case "lasted" -> new RunTable.By.Lasted();
      case "workflow" -> new RunTable.By.Workflow();
      case "state" -> new RunTable.By.State();
      case "user" -> new RunTable.By.User();
      default ->
          throw new RequestError.BadRequest(
                  "`sort` is `" + word + "`",
                  List.of(
                      "expected submitted, lasted, workflow, state, user, metrics.NAME or"
                          + " params.NAME"))
              .thrown();
    };
  }

  private void show(Exchange exchange) throws IOException {
    if (exchange.query("any").filter("true"::equals).isPresent()
        && experiments.isShown(exchange, exchange.path("run"))) {
      return;
    }
    var run = lookup.summary(exchange.path("run"));
    try {
      exchange.json(200, json.whole(lookup.record(run.id().value())));
    } catch (UserException unreadable) {
      exchange.json(200, json.unreadable(run, unreadable));
    }
  }

  private void step(Exchange exchange) throws IOException {
    var run = lookup.record(exchange.path("run"));
    var step = StepLookup.step(run, exchange.path("step"));
    exchange.json(200, answer -> RunJson.step(answer, step, json.commands(run.plan())));
  }

  /** States with commas between them; {@code active} stands for those that have not ended. */
  private static Set<RunStatus> statuses(Optional<String> words) {
    var statuses = EnumSet.noneOf(RunStatus.class);
    for (var word : words.map(text -> text.split(",")).orElse(new String[0])) {
      if (word.equals("active")) {
        statuses.addAll(EnumSet.of(RunStatus.WAITING, RunStatus.RUNNING));
      } else {
        statuses.add(status(word));
      }
    }
    return statuses;
  }

  private static RunStatus status(String word) {
    return Arrays.stream(RunStatus.values())
        .filter(status -> status.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new RequestError.BadRequest(
                    "`state` is `" + word + "`",
                    List.of(
                        "expected waiting, running, succeeded, failed or stopped, or active"
                            + " for those that have not ended"))
                .thrown());
  }
}
