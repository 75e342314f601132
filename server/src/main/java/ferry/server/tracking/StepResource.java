package ferry.server.tracking;

import ferry.backend.StepTransfer;
import ferry.error.RequestError;
import ferry.run.AttemptId;
import ferry.server.http.Caller;
import ferry.server.http.Exchange;
import ferry.server.http.Route;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** What a step asks for itself, by its own token: its code, and a place for what it puts out. */
public final class StepResource {
  private final StepTransfer transfer;

  public StepResource(StepTransfer transfer) {
    this.transfer = transfer;
  }

  public List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/step", Route.Access.STEPS, this::step),
        new Route("GET", "/api/v1/step/code", Route.Access.STEPS, this::code),
        new Route("POST", "/api/v1/step/outputs", Route.Access.STEPS, this::outputs));
  }

  /** Tells a step that the server knows it. */
  private void step(Exchange exchange) throws IOException {
    var attempt = attempt(exchange).toString();
    exchange.json(200, json -> json.text("attempt", attempt));
  }

  private void code(Exchange exchange) throws IOException {
    var attempt = attempt(exchange);
    try (var out = exchange.stream("application/gzip", Map.of())) {
      transfer.code(attempt.run(), out);
    }
  }

  private void outputs(Exchange exchange) throws IOException {
    try {
      transfer.keep(attempt(exchange), new Unclosed(exchange.input()));
    } catch (IOException broken) {
      throw new RequestError.BadRequest(
              "the outputs cannot be kept: " + broken.getMessage(),
              List.of("send them packed by tar and gzip"))
          .thrown();
    }
    exchange.empty(204);
  }

  /** The body stays open for the answer, whoever read it. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream body) {
      super(body);
    }

    @Override
    public void close() {}
  }

  private static AttemptId attempt(Exchange exchange) {
    return switch (exchange.caller()) {
      case Caller.Attempt(var id) -> id;
      case Caller.Owner _, Caller.Anybody _ ->
          throw new RequestError.BadRequest(
                  "only a step asks for this", List.of("send the step's own token"))
              .thrown();
    };
  }
}
