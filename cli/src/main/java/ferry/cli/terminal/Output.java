package ferry.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output or standard error: text as UTF-8, gathered until it is flushed.
 *
 * <p>Its methods throw {@link OutputClosed} once nobody reads the other end.
 */
public final class Output {
  private static final int FLUSH_AT = 32_768;

  private final OutputStream sink;
  private final boolean terminal;
  private final boolean colour;
  private final StringBuilder waiting = new StringBuilder();

  public Output(OutputStream sink, boolean terminal, boolean colour) {
    this.sink = sink;
    this.terminal = terminal;
    this.colour = colour;
  }

  /** Whether a person sees it. */
  public boolean isTerminal() {
    return terminal;
  }

  public boolean hasColour() {
    return colour;
  }

  public synchronized Output print(String text) {
    waiting.append(text);
    if (waiting.length() > FLUSH_AT) {
      flush();
    }
    return this;
  }

  public synchronized Output println(String text) {
    return print(text).print("\n");
  }

  /** The text in a colour where colours are wanted, else as it is. */
  public String paint(Colour with, String text) {
    return colour ? with.around(text) : text;
  }

  /** Bytes exactly as they are, after everything printed before. */
  public synchronized void write(byte[] bytes, int length) {
    flush();
    try {
      sink.write(bytes, 0, length);
    } catch (IOException e) {
      throw new OutputClosed(e);
    }
  }

  public synchronized void flush() {
    try {
      if (!waiting.isEmpty()) {
        var bytes = waiting.toString().getBytes(StandardCharsets.UTF_8);
        waiting.setLength(0);
        sink.write(bytes);
      }
      sink.flush();
    } catch (IOException e) {
      throw new OutputClosed(e);
    }
  }
}
