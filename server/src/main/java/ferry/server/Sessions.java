package ferry.server;

import ferry.server.http.HttpProblem;
import ferry.tracking.Sha256;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who signed in with a browser. A terminal that holds the server's token has a one-time code made;
 * the page that was opened with it gives the code back, and gets a token of its own. Of both only
 * hashes are kept, and nothing outlives the server.
 */
public final class Sessions {
  /** How long a code waits for its page. */
  static final Duration CODE_LIFE = Duration.ofMinutes(5);

  /** How long a page stays signed in after it was last seen. */
  static final Duration SESSION_LIFE = Duration.ofDays(7);

  /** So many codes, and so many pages, at once; the oldest makes room. */
  private static final int MOST = 100;

  private static final int SECRET_BYTES = 32;

  private final InstantSource clock;
  private final SecureRandom chance = new SecureRandom();
  private final Map<String, Instant> codes = new LinkedHashMap<>();
  private final Map<String, Instant> sessions = new LinkedHashMap<>();

  public Sessions(InstantSource clock) {
    this.clock = clock;
  }

  /** A new code, good once and for five minutes. */
  synchronized String code() {
    return remember(codes, CODE_LIFE);
  }

  /**
   * The token of a new session.
   *
   * @throws HttpProblem 403 where the code is not known, was used, or is too old
   */
  synchronized String open(String code) {
    var until = codes.remove(Sha256.of(code));
    if (until == null || until.isBefore(clock.instant())) {
      throw new HttpProblem(
          403,
          "link-used",
          "this link was used already, or is older than five minutes",
          "have another one made with `ferry ui`");
    }
    return remember(sessions, SESSION_LIFE);
  }

  /** Whether a token is that of a session; it then lives on for as long again. */
  public synchronized boolean holds(String token) {
    var hash = Sha256.of(token);
    var until = sessions.get(hash);
    if (until == null || until.isBefore(clock.instant())) {
      return false;
    }
    sessions.put(hash, clock.instant().plus(SESSION_LIFE));
    return true;
  }

  private String remember(Map<String, Instant> kept, Duration life) {
    var bytes = new byte[SECRET_BYTES];
    chance.nextBytes(bytes);
    var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    if (kept.size() >= MOST) {
      kept.remove(kept.keySet().iterator().next());
    }
    kept.put(Sha256.of(secret), clock.instant().plus(life));
    return secret;
  }
}
