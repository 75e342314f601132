package ferry.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Percent-encoding of addresses (RFC 3986): a plus sign is a plus sign. */
public final class Percent {
  private Percent() {}

  /**
   * The text that a part of an address stands for.
   *
   * @throws HttpProblem 400 for what is no encoding of UTF-8
   */
  public static String decode(String part) {
    if (part.indexOf('%') < 0) {
      return part;
    }
    var bytes = new ByteArrayOutputStream(part.length());
    int i = 0;
    while (i < part.length()) {
      if (part.charAt(i) == '%') {
        bytes.write(octet(part, i));
        i += 3;
      } else {
        int c = part.codePointAt(i);
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      }
    }
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return decoder.decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException _) {
      throw malformed();
    }
  }

  private static int octet(String part, int at) {
    if (at + 2 >= part.length()) {
      throw malformed();
    }
    int high = Character.digit(part.charAt(at + 1), 16);
    int low = Character.digit(part.charAt(at + 2), 16);
    if (high < 0 || low < 0) {
      throw malformed();
    }
    return high * 16 + low;
  }

  /** The names and values after the question mark; of a name that is repeated the first counts. */
  static Map<String, String> query(@Nullable String raw) {
    var values = new LinkedHashMap<String, String>();
    if (raw == null || raw.isEmpty()) {
      return values;
    }
    for (var pair : raw.split("&")) {
      int equals = pair.indexOf('=');
      var name = decode(equals < 0 ? pair : pair.substring(0, equals));
      values.putIfAbsent(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
    return values;
  }

  private static HttpProblem malformed() {
    return new HttpProblem(400, "bad-address", "the address is not percent-encoded UTF-8");
  }
}
