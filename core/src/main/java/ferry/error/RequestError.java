package ferry.error;

import java.util.List;
import java.util.Optional;

/** A request that names something that is not there, or asks for what cannot be done to it now. */
public sealed interface RequestError extends UserError {

  record NotFound(String what, String name, Optional<String> nearest) implements RequestError {
    @Override
    public String message() {
      return "there is no " + what + " `" + name + "`";
    }

    @Override
    public List<String> help() {
      return nearest.map(near -> List.of("did you mean `" + near + "`?")).orElse(List.of());
    }

    @Override
    public int exitCode() {
      return 3;
    }
  }

  /** The same run id with other content: HTTP 409; the client draws a new id. */
  record IdTaken(String id) implements RequestError {
    @Override
    public String message() {
      return "another run is already named `" + id + "`";
    }
  }

  /** Something that does not fit the state that the thing is in, in words. */
  record Conflict(String message, List<String> help) implements RequestError {
    public Conflict {
      help = List.copyOf(help);
    }
  }

  /** A request that is malformed: a missing or wrong field. */
  record BadRequest(String message, List<String> help) implements RequestError {
    public BadRequest {
      help = List.copyOf(help);
    }
  }
}
