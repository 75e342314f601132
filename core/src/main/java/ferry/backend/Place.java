package ferry.backend;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command was typed.
 *
 * @param directory the working directory, absolute
 * @param environment every environment variable of that shell; kept in a file that only its user
 *     can read, never shown
 * @param user who typed it
 * @param host the machine's name
 */
public record Place(String directory, Map<String, String> environment, String user, String host) {
  public Place {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  /** Hides the environment, whose values may be secret. */
  @Override
  public String toString() {
    return user + "@" + host + ":" + directory;
  }
}
