package ferry.server.http;

import com.sun.net.httpserver.Headers;
import ferry.run.AttemptId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who may speak to this server: nobody under another name than its own, which is how a web page
 * would come (DNS rebinding), and nobody without the token, which only its user can read.
 */
public final class Guard {
  private static final String SCHEME = "Bearer ";

  private final Set<String> hosts;
  private final byte[] token;
  private final Predicate<String> sessions;
  private final Function<String, Optional<AttemptId>> attempts;

  /**
   * A guard for one address.
   *
   * @param hosts names and ports under which it may be addressed, like {@code localhost:4711}
   * @param sessions whether a token is that of a page that signed in
   */
  public Guard(Set<String> hosts, String token, Predicate<String> sessions) {
    this(hosts, token, sessions, _ -> Optional.empty());
  }

  /** As {@link #Guard(Set, String, Predicate)}, and steps by tokens of their own. */
  public Guard(
      Set<String> hosts,
      String token,
      Predicate<String> sessions,
      Function<String, Optional<AttemptId>> attempts) {
    this.sessions = sessions;
    this.attempts = attempts;
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

  /**
   * Lets no page of another address speak here. A browser says itself whether a page asks its own
   * server, also where a proxy stands between the two; of one that does not, the address counts.
   */
  void checkOrigin(Headers headers) {
    var origin = headers.getFirst("Origin");
    if (origin == null || "same-origin".equals(headers.getFirst("Sec-Fetch-Site"))) {
      return;
    }
    var host = origin.substring(origin.indexOf("//") + 2).toLowerCase(Locale.ROOT);
    if (!origin.startsWith("http://") || !hosts.contains(host)) {
      throw new HttpProblem(
          403,
          "wrong-origin",
          "this server does not answer pages of another address",
          "open its own page: `ferry ui`");
    }
  }

  Caller checkToken(Headers headers) {
    var given = headers.getFirst("Authorization");
    if (given == null) {
      throw refused("the request has no token");
    }
    if (given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      var word = given.substring(SCHEME.length());
      if (isToken(word)) {
        return new Caller.Owner();
      }
      var attempt = attempts.apply(word);
      if (attempt.isPresent()) {
        return new Caller.Attempt(attempt.get());
      }
    }
    throw refused("the token is not this server's");
  }

  /** What an attempt may not do, where it asks for more than is a step's business. */
  static void checkAccess(Caller caller, Route.Access access) {
    if (caller instanceof Caller.Attempt && access == Route.Access.TOKEN) {
      throw new HttpProblem(403, "not-a-steps-business", "a step's own token does not allow this");
    }
  }

  /** Takes as long whichever character is the first that differs. */
  private boolean isToken(String given) {
    return MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8))
        || sessions.test(given);
  }

  private static HttpProblem refused(String message) {
    return new HttpProblem(
        401,
        "no-token",
        message,
        "send `Authorization: Bearer TOKEN` with the token of server.json");
  }
}
