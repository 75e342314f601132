package ferry.server.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what a request holds, never more than is allowed. */
final class Bodies {
  /** What is thrown away of a body too large, so that its sender gets to read the answer. */
  private static final long MOST_DRAINED = 256L << 20;

  /** So much room is made at once for what a request announces. */
  private static final int USUAL = 1 << 20;

  private Bodies() {}

  static byte[] read(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody();
    var length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (announced(length) > Exchange.LARGEST_BODY) {
      throw tooLarge();
    }
    return length == null ? read(body) : read(body, (int) announced(length));
  }

  private static byte[] read(InputStream body) throws IOException {
    var bytes = body.readNBytes(Exchange.LARGEST_BODY + 1);
    if (bytes.length > Exchange.LARGEST_BODY) {
      throw tooLarge();
    }
    return bytes;
  }

  /** In one piece, as far as it has come: what is announced need not follow. */
  private static byte[] read(InputStream body, int length) throws IOException {
    if (length > USUAL) {
      return read(body);
    }
    var bytes = new byte[length];
    int read = body.readNBytes(bytes, 0, length);
    return read == length ? bytes : Arrays.copyOf(bytes, read);
  }

  /** Reads the rest away: an answer to a body that is still being sent would be lost. */
  static void drain(HttpExchange exchange) throws IOException {
    InputStream body = exchange.getRequestBody();
    if (body.read() < 0) {
      return;
    }
    var buffer = new byte[1 << 16];
    long drained = 1;
    int read = body.read(buffer);
    while (read >= 0 && drained < MOST_DRAINED) {
      drained += read;
      read = body.read(buffer);
    }
  }

  private static long announced(@Nullable String length) {
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException _) {
      throw new HttpProblem(400, "bad-request", "Content-Length is no number");
    }
  }

  private static HttpProblem tooLarge() {
    return new HttpProblem(
        413,
        "request-too-large",
        "the request holds more than %d MiB".formatted(Exchange.LARGEST_BODY >> 20),
        "a workflow's file is far smaller: is this the file you meant?");
  }
}
