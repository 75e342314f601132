package ferry.server.mlflow;

import ferry.error.RequestError;
import ferry.error.UserError;
import ferry.error.UserException;
import ferry.server.http.Exchange;
import ferry.server.http.HttpProblem;
import ferry.server.mlflow.MlflowProblem.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells errors as MLflow's clients read them: a code of theirs, and a message. */
final class MlflowErrors {
  private static final Logger LOG = LoggerFactory.getLogger(MlflowErrors.class);

  /** What a client sent comes back in errors; not all of it, where that is much. */
  private static final int LONGEST = 2000;

  private MlflowErrors() {}

  static void tell(Exchange exchange, Throwable failure) throws IOException {
    switch (failure) {
      case MlflowProblem problem -> answer(exchange, problem.code(), "" + problem.getMessage());
      case UserException known -> answer(exchange, code(known.error()), words(known.error()));
      case HttpProblem problem -> answer(exchange, code(problem), words(exchange, problem));
      default -> {
        LOG.error("{} {} failed", exchange.method(), exchange.rawPath(), failure);
        answer(
            exchange,
            Code.INTERNAL_ERROR,
            "the server failed at something that it should be able to do; server.log in Ferry's"
                + " home says more");
      }
    }
  }

  private static void answer(Exchange exchange, Code code, String message) throws IOException {
    if (code == Code.UNAUTHENTICATED) {
      exchange.challenge();
    }
    var shown = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
    exchange.json(code.status, json -> json.text("error_code", code.name()).text("message", shown));
  }

  private static Code code(UserError error) {
    if (error instanceof RequestError request) {
      return switch (request) {
        case RequestError.NotFound _, RequestError.NoRuns _, RequestError.StepForRun _ ->
            Code.RESOURCE_DOES_NOT_EXIST;
        case RequestError.IdTaken _, RequestError.Conflict _ -> Code.RESOURCE_ALREADY_EXISTS;
        case RequestError.BadRequest _,
            RequestError.SeveralStepRuns _,
            RequestError.UnknownParameter _,
            RequestError.Lacking _ ->
            Code.INVALID_PARAMETER_VALUE;
      };
    }
    return switch (error.kind()) {
      case USER -> Code.INVALID_PARAMETER_VALUE;
      case SYSTEM, RESOURCES -> Code.TEMPORARILY_UNAVAILABLE;
    };
  }

  private static String words(UserError error) {
    var all = new ArrayList<>(List.of(error.message()));
    all.addAll(error.help());
    return String.join("; ", all);
  }

  private static Code code(HttpProblem problem) {
    return switch (problem.status()) {
      case 401 -> Code.UNAUTHENTICATED;
      case 403 -> Code.PERMISSION_DENIED;
      case 404, 405 -> Code.ENDPOINT_NOT_FOUND;
      case 400, 413 -> Code.BAD_REQUEST;
      default -> Code.INTERNAL_ERROR;
    };
  }

  private static String words(Exchange exchange, HttpProblem problem) {
    return switch (problem.status()) {
      case 404, 405 ->
          "Ferry has no %s %s of MLflow's API".formatted(exchange.method(), exchange.rawPath());
      case 401 -> problem.sentence() + "; `ferry env` prints what a shell needs";
      default -> problem.sentence();
    };
  }
}
