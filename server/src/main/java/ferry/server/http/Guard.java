package ferry.server.http;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who may speak to this server: nobody under another name than its own, which is how a web page
 * would come (DNS rebinding), and nobody without the token, which only its user can read.
 */
public final class Guard {
  private static final String SCHEME = "Bearer ";

  private final Set<String> hosts;
  private final byte[] token;
  private final Predicate<String> sessions;

  /**
   * A guard for one address.
   *
   * @param hosts names and ports under which it may be addressed, like {@code localhost:4711}
   * @param sessions whether a token is that of a page that signed in
   */
  public Guard(Set<String> hosts, String token, Predicate<String> sessions) {
    this.sessions = sessions;
    this.hosts = Set.copyOf(hosts);
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  void checkHost(Headers headers) {
    var given = headers.getOrDefault("Host", java.util.List.of());
    if (given.size() != 1 || !hosts.contains(given.getFirst().toLowerCase(Locale.ROOT))) {
      throw new HttpProblem(
          403,
          "wrong-host",
          "this server does not answer under that name",
          "address it as in server.json");
    }
  }

  void checkToken(Headers headers) {
    var given = headers.getFirst("Authorization");
    if (given == null) {
      throw refused("the request has no token");
    }
    if (!holdsToken(given)) {
      throw refused("the token is not this server's");
    }
  }

  /** Takes as long whichever character is the first that differs. */
  private boolean holdsToken(@Nullable String given) {
    if (given == null || !given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    var word = given.substring(SCHEME.length());
    return MessageDigest.isEqual(token, word.getBytes(StandardCharsets.UTF_8))
        || sessions.test(word);
  }

  private static HttpProblem refused(String message) {
    return new HttpProblem(
        401,
        "no-token",
        message,
        "send `Authorization: Bearer TOKEN` with the token of server.json");
  }
}
