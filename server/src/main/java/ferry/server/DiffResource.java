package ferry.server;

import ferry.backend.CodeKeeper;
import ferry.error.RequestError;
import ferry.server.http.Exchange;
import ferry.server.http.Route;
import ferry.submission.Comparison;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What differs between two runs. */
final class DiffResource {
  private final RunCatalog catalog;
  private final RunLookup lookup;
  private final CodeKeeper code;

  DiffResource(RunCatalog catalog, RunLookup lookup, CodeKeeper code) {
    this.catalog = catalog;
    this.lookup = lookup;
    this.code = code;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "/api/v1/runs/{run}/diff", this::diff));
  }

  private void diff(Exchange exchange) throws IOException {
    var run = lookup.record(exchange.path("run"));
    var with = exchange.query("with");
    var other = with.isPresent() ? lookup.record(with.get()) : before(run);
    var left = with.isPresent() ? run : other;
    var right = with.isPresent() ? other : run;
    var differences = Comparison.of(left, right, code);
    exchange.json(
        200,
        json ->
            json.text("left", left.summary().id().value())
                .text("right", right.summary().id().value())
                .list(
                    "differences",
                    differences,
                    (one, difference) ->
                        one.text("what", difference.what())
                            .text("name", difference.name())
                            .text("left", difference.left())
                            .text("right", difference.right())));
  }

  /** The run before it of the same workflow. */
  private RunRecord before(RunRecord run) {
    var summary = run.summary();
    var query =
        new RunCatalog.Query(
            Set.of(), Optional.of(summary.workflow()), Optional.of(summary.id()), 1);
    return catalog.list(query).stream()
        .findFirst()
        .flatMap(previous -> catalog.find(previous.id()))
        .orElseThrow(() ->
            new RequestError.BadRequest(
                    "`" + summary.id() + "` is the first run of its workflow",
                    List.of("name the run to compare it with"))
                .thrown());
  }
}
