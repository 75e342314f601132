package ferry.server.mlflow;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A body whose sender said its digest: where the end is reached and it is another one, reading
 * fails, so that what was damaged on its way is never kept. Understood are {@code Content-Digest}
 * with SHA-256 or SHA-512 (RFC 9530) and {@code Content-MD5}.
 */
final class SaidDigest extends FilterInputStream {
  private static final Pattern SAID =
      Pattern.compile("(?:^|.*,)\\s*sha-(256|512)\\s*=\\s*:([A-Za-z0-9+/=]+):.*");

  private final MessageDigest digest;
  private final byte[] expected;

  private SaidDigest(InputStream in, String algorithm, String expected) {
    super(in);
    try {
      this.digest = MessageDigest.getInstance(algorithm);
      this.expected = Base64.getDecoder().decode(expected);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has " + algorithm, impossible);
    } catch (IllegalArgumentException _) {
      throw MlflowProblem.invalid("The digest `" + expected + "` is not in Base64");
    }
  }

  /** The body, checked where a header says a digest. */
  static InputStream checked(InputStream body, Function<String, Optional<String>> header) {
    var said = header.apply("Content-Digest").map(SAID::matcher).filter(match -> match.matches());
    if (said.isPresent()) {
      return new SaidDigest(body, "SHA-" + said.get().group(1), said.get().group(2));
    }
    var md5 = header.apply("Content-MD5").map(String::strip).filter(text -> !text.isEmpty());
    return md5.isPresent() ? new SaidDigest(body, "MD5", md5.get()) : body;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    if (read > 0) {
      digest.update(bytes, offset, read);
    } else if (read < 0 && !MessageDigest.isEqual(digest.digest(), expected)) {
      throw MlflowProblem.invalid(
          "What came has another digest than was said; it was damaged on its way: send it again");
    }
    return read;
  }
}
