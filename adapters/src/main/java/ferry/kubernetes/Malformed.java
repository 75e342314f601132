package ferry.kubernetes;

import java.util.Optional;

/** What a library says of a text that it cannot read, without what surrounds it. */
final class Malformed {
  private Malformed() {}

  /** The first line of what first went wrong; empty where nothing is said of it. */
  static Optional<String> why(Throwable malformed) {
    var first = malformed;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return Optional.ofNullable(first.getMessage()).flatMap(words -> words.lines().findFirst());
  }
}
