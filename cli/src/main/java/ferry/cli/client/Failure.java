package ferry.cli.client;

import ferry.error.Location;
import ferry.error.UserException;
import java.util.List;
import java.util.Optional;

/**
 * What went wrong, as a person is told: one sentence, the place in what they wrote, and the ways
 * out.
 *
 * @param code a stable word for programs; empty where the command line found it itself
 * @param exitCode the command's exit status, 1 to 125
 */
public record Failure(
    String code, String message, List<String> help, int exitCode, Optional<Location> location) {
  public static final int USAGE = 2;
  public static final int NOT_FOUND = 3;
  public static final int UNREACHABLE = 4;

  public Failure {
    help = List.copyOf(help);
    exitCode = exitCode < 1 || exitCode > 125 ? UNREACHABLE : exitCode;
  }

  /** Wrong words on the command line. */
  public static Failure usage(String message, String... help) {
    return new Failure("", message, List.of(help), USAGE, Optional.empty());
  }

  /** The server, the home or the machine does not allow it. */
  public static Failure system(String message, String... help) {
    return new Failure("", message, List.of(help), UNREACHABLE, Optional.empty());
  }

  public static Failure of(UserException e) {
    var error = e.error();
    return new Failure(error.code(), error.message(), error.help(), error.exitCode(), e.location());
  }

  /** From the server's answer, whatever became of it on the way. */
  static Failure of(int status, Json answer) {
    var error = answer.get("error");
    if (error.text("message").isEmpty()) {
      return unworded(status);
    }
    int exitCode =
        (int)
            error
                .number("exitCode")
                .orElse(status == 404 ? NOT_FOUND : status < 500 ? USAGE : UNREACHABLE);
    return new Failure(
        error.text("code"),
        error.text("message"),
        error.texts("help"),
        exitCode,
        location(error.get("location")));
  }

  private static Failure unworded(int status) {
    if (status == 401 || status == 403) {
      return system(
          "the server does not know this command's token",
          "`ferry server stop` and the command again start it anew");
    }
    return system(
        "the server answered with status " + status + " and no explanation",
        "`ferry doctor` looks for the cause");
  }

  private static Optional<Location> location(Json place) {
    int line = (int) place.number("line").orElse(0);
    int column = (int) place.number("column").orElse(0);
    int length = (int) place.number("length").orElse(1);
    if (line < 1 || column < 1) {
      return Optional.empty();
    }
    var source = place.text("source");
    return Optional.of(new Location(source, line, column, Math.max(1, length), place.text("text")));
  }

  public CommandFailed thrown() {
    return new CommandFailed(this);
  }
}
