package ferry.submission;

import ferry.tracking.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * SHA-256 over texts, each with its length before it, so that no two lists of texts run together.
 */
final class ContentDigest {
  private final MessageDigest digest = Sha256.digest();

  ContentDigest add(String... texts) {
    for (var text : texts) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
      digest.update(bytes);
    }
    return this;
  }

  ContentDigest addAll(List<String> texts) {
    add(Integer.toString(texts.size()));
    texts.forEach(this::add);
    return this;
  }

  ContentDigest addAll(Map<String, String> texts) {
    add(Integer.toString(texts.size()));
    texts.forEach(this::add);
    return this;
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
