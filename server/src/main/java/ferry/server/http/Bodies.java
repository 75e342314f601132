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

  private Bodies() {}

  /**
   * All of it.
   *
   * @param place taken where it is large, or does not say how large it is
   * @param most bytes; at most {@link Exchange#LARGEST_BODY}
   */
  static byte[] read(HttpExchange exchange, BodyRoom.Place place, int most) throws IOException {
    var body = exchange.getRequestBody();
    var length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (announced(length) > most) {
      throw tooLarge(most);
    }
    if (length != null && announced(length) <= BodyRoom.SMALL) {
      return read(body, (int) announced(length));
    }
    place.take();
    var bytes = body.readNBytes(most + 1);
    if (bytes.length > most) {
      throw tooLarge(most);
    }
    return bytes;
  }

  /** In one piece, as far as it has come: what is announced need not follow. */
  private static byte[] read(InputStream body, int length) throws IOException {
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

  private static HttpProblem tooLarge(int most) {
    return new HttpProblem(
        413,
        "request-too-large",
        "the request holds more than %,d bytes".formatted(most),
        "a workflow's file is far smaller: is this the file you meant?");
  }
}
