package ferry.server.upkeep;

import ferry.error.DiskTrouble;
import ferry.server.http.Exchange;
import ferry.server.http.HttpProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What Prometheus is let in with: the file {@code metrics.token} in the home, which stays the same
 * from server to server and opens nothing but the metrics.
 */
public final class ScrapeToken {
  private static final int BYTES = 32;
  private static final String SCHEME = "Bearer ";

  private final byte[] token;

  /** That very word. */
  public ScrapeToken(String token) {
    this.token = token.getBytes(StandardCharsets.US_ASCII);
  }

  /** The one of a home, made where there is none. */
  public static ScrapeToken of(Path home) {
    var file = home.resolve("metrics.token");
    try {
      if (Files.notExists(file)) {
        var permissions = PosixFilePermissions.fromString("rw-------");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(permissions));
        Files.writeString(file, draw() + "\n");
      }
      return new ScrapeToken(Files.readString(file).strip());
    } catch (IOException e) {
      throw DiskTrouble.at(home, e);
    }
  }

  private static String draw() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  void check(Exchange exchange) {
    var given = exchange.header("Authorization").orElse("");
    var word = given.startsWith(SCHEME) ? given.substring(SCHEME.length()).strip() : "";
    var bytes = word.getBytes(StandardCharsets.UTF_8);
    if (token.length == 0 || !MessageDigest.isEqual(bytes, token)) {
      exchange.challenge();
      throw new HttpProblem(
          401,
          "unauthorized",
          "the metrics are for whoever holds their token",
          "it is in `metrics.token` in the server's home");
    }
  }
}
