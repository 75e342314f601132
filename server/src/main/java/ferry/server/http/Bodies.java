package ferry.server.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads what a request holds, never more than is allowed. */
final class Bodies {
  /** What is thrown away of a body too large, so that its sender gets to read the answer. */
  private static final long MOST_DRAINED = 256L << 20;

  private Bodies() {}

  static byte[] read(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody();
    if (announced(exchange.getRequestHeaders().getFirst("Content-Length"))
        > Exchange.LARGEST_BODY) {
      throw tooLarge();
    }
    var bytes = body.readNBytes(Exchange.LARGEST_BODY + 1);
    if (bytes.length > Exchange.LARGEST_BODY) {
      throw tooLarge();
    }
    return bytes;
  }

  /** Reads the rest away: an answer to a body that is still being sent would be lost. */
  static void drain(HttpExchange exchange) throws IOException {
    InputStream body = exchange.getRequestBody();
    var buffer = new byte[1 << 16];
    long drained = 0;
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
