package ferry.server.upkeep;

import ferry.server.http.Exchange;
import ferry.server.http.Route;
import ferry.workflow.DurationText;
import java.io.IOException;
import java.util.List;

/** Removes runs of some age when somebody asks for it. */
final class RetentionResource {
  private final Retention retention;

  RetentionResource(Retention retention) {
    this.retention = retention;
  }

  List<Route> routes() {
    return List.of(Route.of("POST", "/api/v1/retention", this::remove));
  }

  private void remove(Exchange exchange) throws IOException {
    var body = exchange.body();
    var age = DurationText.parse("olderThan", body.text("olderThan"));
    boolean dry = body.flag("dryRun");
    var outcome = retention.remove(age, body.optionalText("workflow"), dry);
    exchange.json(
        200,
        json -> {
          json.texts("removed", outcome.removed().stream().map(Object::toString).toList());
          json.list(
              "kept",
              outcome.kept(),
              (each, kept) -> each.text("run", kept.run().value()).text("why", kept.why()));
          json.truth("dryRun", dry).truth("more", outcome.more());
        });
  }
}
