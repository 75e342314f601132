package ferry.server;

import ferry.error.RequestError;
import ferry.error.UserException;
import ferry.run.RunId;
import ferry.run.RunStatus;
import ferry.server.http.Exchange;
import ferry.server.http.Route;
import ferry.tracking.RunCatalog;
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

  private final RunCatalog catalog;
  private final RunLookup lookup;
  private final RunJson json;
  private final ExperimentResource experiments;

  RunsResource(RunCatalog catalog, RunLookup lookup, RunJson json, ExperimentResource experiments) {
    this.experiments = experiments;
    this.catalog = catalog;
    this.lookup = lookup;
    this.json = json;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/runs", this::list),
        Route.of("GET", "/api/v1/runs/{run}", this::show));
  }

  private void list(Exchange exchange) throws IOException {
    int limit = exchange.number("limit", 1, MOST).map(Long::intValue).orElse(LIMIT);
    var runs =
        catalog.list(
            new RunCatalog.Query(
                statuses(exchange.query("state")),
                exchange.query("workflow"),
                !exchange.query("trials").filter("false"::equals).isPresent(),
                exchange.query("after").map(RunId::new),
                limit));
    Optional<RunId> next =
        runs.size() < limit ? Optional.empty() : Optional.of(runs.getLast().id());
    exchange.json(200, answer -> answer.list("runs", runs, RunJson::summary).text("next", next));
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
