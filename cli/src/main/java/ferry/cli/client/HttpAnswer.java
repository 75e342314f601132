package ferry.cli.client;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An answer whose body is still to be read. To be closed. */
public final class HttpAnswer implements AutoCloseable {
  private static final int LONGEST_LINE = 16_384;

  private final Socket socket;
  private final int status;
  private final Map<String, String> headers;
  private final InputStream body;

  private HttpAnswer(Socket socket, int status, Map<String, String> headers, InputStream body) {
    this.socket = socket;
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  static HttpAnswer read(Socket socket) throws IOException {
    var in = new BufferedInputStream(socket.getInputStream(), 16_384);
    int status = status(line(in));
    while (status == 100) {
      headers(in);
      status = status(line(in));
    }
    var headers = headers(in);
    return new HttpAnswer(socket, status, headers, HttpBody.of(status, headers, in));
  }

  public int status() {
    return status;
  }

  /** A header by its name in lower case; empty where there is none. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Ends where the answer ends; an {@link EOFException} tells of one that broke off. */
  public InputStream body() {
    return body;
  }

  /** May be called by another thread to end a read. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static int status(String line) throws IOException {
    if (line.length() < 12 || !line.startsWith("HTTP/1.")) {
      throw new IOException("what listens there does not speak HTTP");
    }
    int status = 0;
    for (int i = 9; i < 12; i++) {
      int digit = line.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new IOException("what listens there does not speak HTTP");
      }
      status = status * 10 + digit;
    }
    return status;
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    var headers = new TreeMap<String, String>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon > 0 && headers.size() < 200) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  static String line(InputStream in) throws IOException {
    var line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the answer broke off");
      }
      if (line.length() > LONGEST_LINE) {
        throw new IOException("the answer has a line that is too long");
      }
      line.append((char) c);
    }
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r'
        ? line.substring(0, length - 1)
        : line.toString();
  }
}
