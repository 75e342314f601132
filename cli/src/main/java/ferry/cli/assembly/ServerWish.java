package ferry.cli.assembly;

import java.util.Optional;

/**
 * How a server was asked to be.
 *
 * @param background whether it ends itself when nobody needs it
 * @param database the address that was typed, of a database other than the home's own
 * @param jsonLog whether each line of its log is a JSON object
 */
public record ServerWish(boolean background, Optional<String> database, boolean jsonLog) {
  /** Inside of another command. */
  public static final ServerWish INSIDE = new ServerWish(false, Optional.empty(), false);
}
