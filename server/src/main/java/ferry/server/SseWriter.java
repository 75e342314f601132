package ferry.server;

import ferry.server.http.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Writes server-sent events; a comment now and then tells both sides that the other is there. */
final class SseWriter {
  private static final long HEARTBEAT = Duration.ofSeconds(15).toNanos();
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private final OutputStream out;
  private long sent = System.nanoTime();

  SseWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes an event; it leaves with the next {@link #flush}. */
  void event(String name, byte[] json) throws IOException {
    out.write(("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8));
    out.write(json);
    out.write("\n\n".getBytes(StandardCharsets.UTF_8));
    sent = System.nanoTime();
  }

  void event(String name, JsonWriter.Content content) throws IOException {
    event(name, JsonWriter.bytes(content));
  }

  void flush() throws IOException {
    out.flush();
  }

  /** When the next comment is due, as {@link System#nanoTime} counts. */
  long heartbeatAt() {
    return sent + HEARTBEAT;
  }

  void heartbeatIfDue() throws IOException {
    if (System.nanoTime() - heartbeatAt() >= 0) {
      out.write(COMMENT);
      out.flush();
      sent = System.nanoTime();
    }
  }
}
