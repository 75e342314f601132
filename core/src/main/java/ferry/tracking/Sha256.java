package ferry.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hexadecimal, 64 digits: by it content is known, and names are made of long texts. */
public final class Sha256 {
  private static final int BLOCK = 1 << 16;

  private Sha256() {}

  /** Of a text in UTF-8. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String of(byte[] bytes) {
    return hex(digest().digest(bytes));
  }

  /** Of all that is left to read. */
  public static String of(InputStream in) throws IOException {
    var digest = digest();
    var block = new byte[BLOCK];
    for (int count = in.read(block); count >= 0; count = in.read(block)) {
      digest.update(block, 0, count);
    }
    return hex(digest.digest());
  }

  /** What content is given to piece by piece. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
