package ferry.cli.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Server-sent events, one after the other. */
public final class EventStream {
  private static final int LONGEST = 256 << 20;

  /** An event and its data. */
  public record Event(String name, Json data) {}

  private final InputStream in;
  private final byte[] buffer = new byte[65_536];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
  private int at;
  private int end;

  public EventStream(InputStream in) {
    this.in = in;
  }

  /**
   * Waits for the next event; empty at the end of the stream. Comments are passed over.
   *
   * @throws IOException where the stream broke off, or sends what is no event
   */
  public Optional<Event> next() throws IOException {
    var name = "message";
    var data = new ByteArrayOutputStream(1024);
    while (readLine()) {
      var bytes = line.toByteArray();
      if (bytes.length == 0) {
        if (data.size() > 0) {
          return Optional.of(new Event(name, Json.parse(data.toByteArray())));
        }
        name = "message";
      } else if (startsWith(bytes, "data:")) {
        append(data, bytes);
      } else if (startsWith(bytes, "event:")) {
        name = new String(bytes, 6, bytes.length - 6, StandardCharsets.UTF_8).strip();
      }
    }
    return Optional.empty();
  }

  private static void append(ByteArrayOutputStream data, byte[] line) throws IOException {
    if (data.size() > LONGEST) {
      throw new IOException("the server sent an event that is too large");
    }
    if (data.size() > 0) {
      data.write('\n');
    }
    data.write(line, 5, line.length - 5);
  }

  private static boolean startsWith(byte[] line, String prefix) {
    if (line.length < prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (line[i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Puts the next line, without its end, into {@link #line}; false at the end of the stream. */
  private boolean readLine() throws IOException {
    line.reset();
    while (true) {
      if (at == end && !fill()) {
        return false;
      }
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      line.write(buffer, from, at - from);
      if (at < end) {
        at++;
        return true;
      }
      if (line.size() > LONGEST) {
        throw new IOException("the server sent an event that is too large");
      }
    }
  }

  private boolean fill() throws IOException {
    int read = in.read(buffer);
    at = 0;
    end = Math.max(0, read);
    return read > 0;
  }
}
