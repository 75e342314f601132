package ferry.cli;

import ferry.error.SystemError;
import java.nio.file.Path;
import java.util.List;

/** Puts server, store and backends together: the only place that sees all of them. */
final class Wiring {
  private Wiring() {}

  /**
   * Starts the server of a home in this process.
   *
   * @param background whether it ends itself when nobody needs it
   * @throws ferry.error.UserException in words, where it cannot
   */
  @SuppressWarnings("DoNotCallSuggester")
  static RunningServer start(Path home, boolean background) {
    throw new SystemError.Unavailable("this build of Ferry has no server for " + home, List.of())
        .thrown();
  }
}
