package ferry.server.mlflow;

import ferry.registry.ModelEvent;
import ferry.server.http.Exchange;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;

/** Makes the events that tell who did what with a model. */
public record Events(InstantSource clock) {
  public ModelEvent of(
      Exchange exchange,
      String model,
      OptionalInt version,
      String what,
      Map<String, String> details) {
    return new ModelEvent(model, version, clock.instant(), who(exchange), what, details);
  }

  private static String who(Exchange exchange) {
    return Rights.attempt(exchange)
        .map(attempt -> "step " + attempt.stepRun() + " of " + attempt.run())
        .orElseGet(() -> System.getProperty("user.name", "somebody"));
  }
}
