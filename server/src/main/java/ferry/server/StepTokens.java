package ferry.server;

import ferry.error.DiskTrouble;
import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.tracking.RunCatalog;
import ferry.tracking.StepAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens of attempts, made of the attempt's name and a secret that stays in the home, so that steps
 * that outlive a server are known to the next one. A token holds until its attempt has ended.
 */
public final class StepTokens implements StepAccess {
  private static final String FILE = "steps.key";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIGNED_PARTS = 3;

  /** Ends what is signed for all attempts of a step run; the number of one is a number. */
  private static final String TRIES = "/*";

  /** Ends the name that stands for all step runs of a step. */
  private static final String ANY = "[*]";

  private static final int KEY_BYTES = 32;
  private static final long TRUSTED_NANOS = Duration.ofSeconds(2).toNanos();
  private static final int MOST_REMEMBERED = 10_000;

  private final SecretKeySpec key;
  private final RunCatalog catalog;
  private final Supplier<Optional<String>> url;
  private final Map<AttemptId, Long> trusted = new ConcurrentHashMap<>();

  /**
   * Tokens of a home.
   *
   * @param url where steps reach the server, once it is known
   * @throws ferry.error.UserException where the secret can neither be read nor written
   */
  public StepTokens(Path home, RunCatalog catalog, Supplier<Optional<String>> url) {
    this.key = new SecretKeySpec(secret(home), ALGORITHM);
    this.catalog = catalog;
    this.url = url;
  }

  private static byte[] secret(Path home) {
    var file = home.resolve(FILE);
    try {
      var known = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      return known.length == KEY_BYTES ? known : draw(home, file);
    } catch (IOException e) {
      throw DiskTrouble.at(home, e);
    }
  }

  private static byte[] draw(Path home, Path file) throws IOException {
    var secret = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(secret);
    var draft = home.resolve(FILE + "." + ProcessHandle.current().pid());
    Files.deleteIfExists(draft);
    var privately =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var out = Files.newByteChannel(draft, options, privately)) {
      out.write(ByteBuffer.wrap(secret));
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return secret;
  }

  @Override
  public Optional<String> address() {
    return url.get();
  }

  @Override
  public Map<String, String> variables(AttemptId attempt, String workflow) {
    var address = url.get();
    if (address.isEmpty()) {
      return Map.of();
    }
    var token = token(attempt);
    return Map.of(
        "FERRY_TOKEN", token,
        "MLFLOW_TRACKING_URI", address.get(),
        "MLFLOW_TRACKING_TOKEN", token,
        "MLFLOW_EXPERIMENT_NAME", workflow);
  }

  @Override
  public Optional<String> tokenOfTries(RunId run, String stepRun) {
    return url.get().map(_ -> signed(run.value() + "/" + stepRun + TRIES));
  }

  /** The token of an attempt. */
  String token(AttemptId attempt) {
    return signed(attempt.toString());
  }

  private String signed(String text) {
    var name = text.getBytes(StandardCharsets.UTF_8);
    var encoder = Base64.getUrlEncoder().withoutPadding();
    return TOKEN_PREFIX + encoder.encodeToString(name) + "." + encoder.encodeToString(sign(name));
  }

  private byte[] sign(byte[] name) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(name);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
    }
  }

  /** The attempt whose token this is, while it has not ended. */
  public Optional<AttemptId> attempt(String token) {
    var parts = token.split("\\.", -1);
    if (parts.length < SIGNED_PARTS || !token.startsWith(TOKEN_PREFIX)) {
      return Optional.empty();
    }
    try {
      var name = Base64.getUrlDecoder().decode(parts[1]);
      var signature = Base64.getUrlDecoder().decode(parts[2]);
      return MessageDigest.isEqual(sign(name), signature)
          ? named(new String(name, StandardCharsets.UTF_8), parts).filter(this::goesOn)
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // not of our making
    }
  }

  /** Whose token it is: signed for one attempt, or for all of a step run and then counted. */
  private Optional<AttemptId> named(String signed, String[] parts) {
    if (!signed.endsWith(TRIES)) {
      return parts.length == SIGNED_PARTS ? Optional.of(id(signed)) : Optional.empty();
    }
    var all = signed.substring(0, signed.length() - TRIES.length());
    if (parts.length == SIGNED_PARTS + 1) {
      return Optional.of(id(all + "/" + number(parts[SIGNED_PARTS]))).filter(this::isOfGoingRun);
    }
    if (parts.length != SIGNED_PARTS + 2 || !all.endsWith(ANY)) {
      return Optional.empty();
    }
    var run = all.substring(0, all.indexOf('/') + 1);
    var own =
        new String(Base64.getUrlDecoder().decode(parts[SIGNED_PARTS + 1]), StandardCharsets.UTF_8);
    var step = all.substring(run.length(), all.length() - ANY.length()) + "[";
    return own.startsWith(step) && own.endsWith("]")
        ? Optional.of(id(run + own + "/" + number(parts[SIGNED_PARTS]))).filter(this::isOfGoingRun)
        : Optional.empty();
  }

  private static int number(String text) {
    int number = Integer.parseInt(text);
    if (number < 1) {
      throw new NumberFormatException("attempts count from 1");
    }
    return number;
  }

  /** An attempt that its step only counts may never have been. */
  private boolean isOfGoingRun(AttemptId attempt) {
    return catalog.summary(attempt.run()).filter(run -> !run.status().isEnded()).isPresent();
  }

  private static AttemptId id(String text) {
    int first = text.indexOf('/');
    int last = text.lastIndexOf('/');
    return new AttemptId(
        new RunId(text.substring(0, first)),
        text.substring(first + 1, last),
        Integer.parseInt(text.substring(last + 1)));
  }

  private boolean goesOn(AttemptId attempt) {
    var asked = trusted.get(attempt);
    if (asked != null && System.nanoTime() - asked < TRUSTED_NANOS) {
      return true;
    }
    if (trusted.size() > MOST_REMEMBERED) {
      trusted.clear();
    }
    boolean goesOn = catalog.goesOn(attempt);
    if (goesOn) {
      trusted.put(attempt, System.nanoTime());
    } else {
      trusted.remove(attempt);
    }
    return goesOn;
  }
}
