package ferry.server.http;

import ferry.error.Location;
import ferry.error.RequestError;
import ferry.error.UserError;
import ferry.error.UserException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How errors are told: a status, and one JSON object that says what a person needs. */
final class Errors {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

  /** What an answer says about an error. */
  private record Told(
      int status,
      String code,
      String kind,
      String message,
      List<String> help,
      int exitCode,
      Optional<Location> location) {}

  /** Five digits or letters. */
  private static final int SMALLEST_MARK = 36 * 36 * 36 * 36;

  private Errors() {}

  static void answer(Exchange exchange, Throwable failure) throws IOException {
    var told = tell(failure);
    if (told.status == 401) {
      exchange.challenge();
    }
    exchange.json(told.status, json -> json.object("error", error -> write(error, told)));
  }

  private static Told tell(Throwable failure) {
    return switch (failure) {
      case UserException known -> tell(known);
      case HttpProblem problem ->
          new Told(
              problem.status(),
              problem.code(),
              "user",
              problem.sentence(),
              problem.help(),
              problem.status() == 404 ? 3 : problem.status() / 100 == 5 ? 4 : 2,
              Optional.empty());
      default -> unexpected(failure);
    };
  }

  private static Told tell(UserException known) {
    var error = known.error();
    var kind = error.kind().name().toLowerCase(Locale.ROOT);
    return new Told(
        status(error),
        error.code(),
        kind,
        error.message(),
        error.help(),
        error.exitCode(),
        known.location());
  }

  private static int status(UserError error) {
    if (error instanceof RequestError request) {
      return switch (request) {
        case RequestError.NotFound _, RequestError.NoRuns _, RequestError.StepForRun _ -> 404;
        case RequestError.IdTaken _, RequestError.Conflict _ -> 409;
        case RequestError.BadRequest _,
            RequestError.Lacking _,
            RequestError.UnknownParameter _,
            RequestError.SeveralStepRuns _ ->
            400;
      };
    }
    return switch (error.kind()) {
      case USER -> 400;
      case SYSTEM, RESOURCES -> 503;
    };
  }

  /** A fault of ours: the log has the whole of it, the user a word to find it by. */
  private static Told unexpected(Throwable failure) {
    var mark =
        Integer.toString(
            ThreadLocalRandom.current().nextInt(SMALLEST_MARK, 36 * SMALLEST_MARK), 36);
    LOG.error("unexpected failure {}", mark, failure);
    return new Told(
        500,
        "internal",
        "system",
        "the server failed at something that it should be able to do (" + mark + ")",
        List.of("its log, server.log in Ferry's home, says more under `" + mark + "`"),
        4,
        Optional.empty());
  }

  private static void write(JsonWriter json, Told told) throws IOException {
    json.text("code", told.code)
        .text("kind", told.kind)
        .text("message", told.message)
        .texts("help", told.help)
        .number("exitCode", (long) told.exitCode);
    if (told.location.isPresent()) {
      var at = told.location.get();
      json.object(
          "location",
          place ->
              place
                  .text("source", at.source())
                  .number("line", (long) at.line())
                  .number("column", (long) at.column())
                  .number("length", (long) at.length())
                  .text("text", at.text()));
    }
  }
}
