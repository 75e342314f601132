package ferry.server.http;

import java.io.IOException;
import java.util.List;

/**
 * How errors are told under some addresses, where another way than Ferry's own is expected.
 *
 * @param prefixes of the addresses
 */
public record Dialect(List<String> prefixes, Teller teller) {

  /** Answers with an error. */
  @FunctionalInterface
  public interface Teller {
    void tell(Exchange exchange, Throwable failure) throws IOException;
  }

  public Dialect {
    prefixes = List.copyOf(prefixes);
  }

  boolean isSpokenAt(String rawPath) {
    return prefixes.stream().anyMatch(rawPath::startsWith);
  }
}
