package ferry.server.http;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that can be asked.
 *
 * @param method in capitals
 * @param path like {@code /runs/{id}/stop}: a part in braces stands for any one part, which may
 *     hold any characters, percent-encoded; {@code {path...}} at the end for all that follows
 * @param access who may ask
 */
public record Route(String method, String path, Access access, Handler handler) {

  /** Who may ask. */
  public enum Access {
    /** Whoever holds the token. */
    TOKEN,
    /** Whoever holds the token, and steps with one of their own. */
    STEPS,
    /** Anybody who reaches the server. */
    ANYBODY
  }

  /** Answers a request, on a virtual thread of its own: it may wait. */
  @FunctionalInterface
  public interface Handler {
    void handle(Exchange exchange) throws IOException, InterruptedException;
  }

  public static Route of(String method, String path, Handler handler) {
    return new Route(method, path, Access.TOKEN, handler);
  }

  /** What the braces stand for in the parts of an address, where it is one of this route's. */
  Optional<Map<String, String>> match(List<String> address) {
    var parts = path.substring(1).split("/", -1);
    boolean hasRest = path.endsWith("...}");
    if (hasRest ? parts.length > address.size() : parts.length != address.size()) {
      return Optional.empty();
    }
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < parts.length; i++) {
      if (hasRest && i == parts.length - 1) {
        var name = parts[i].substring(1, parts[i].length() - "...}".length());
        values.put(name, String.join("/", address.subList(i, address.size())));
      } else if (parts[i].startsWith("{")) {
        values.put(parts[i].substring(1, parts[i].length() - 1), address.get(i));
      } else if (!parts[i].equals(address.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }
}
