package ferry.cli.live;

import ferry.cli.terminal.Output;
import ferry.cli.terminal.SafeText;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Copies a log line by line, each behind a prefix. Lines of printable ASCII pass as the bytes that
 * they are; only others are decoded, and made harmless first.
 */
final class LineCopy {
  private static final int ROOM = 65_536;

  private final Output out;
  private final String prefix;
  private final byte[] prefixBytes;
  private final byte[] ready = new byte[ROOM];
  private int readyCount;

  /** Lines that are no plain bytes go this way; it holds the beginning of one, if any. */
  private final LogLines lines = new LogLines();

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final ByteBuffer undecoded = ByteBuffer.allocate(ROOM + 8);
  private final CharBuffer characters = CharBuffer.allocate(ROOM + 8);
  private boolean within;

  LineCopy(Output out, String prefix) {
    this.out = out;
    this.prefix = prefix;
    this.prefixBytes = prefix.getBytes(StandardCharsets.UTF_8);
  }

  /** Takes in what was read, at most {@value #ROOM} bytes, and prints every line that it ends. */
  void take(byte[] bytes, int count) {
    int from = 0;
    boolean plain = true;
    for (int i = 0; i < count; i++) {
      byte b = bytes[i];
      if (b == '\n') {
        line(bytes, from, i, plain && !within);
        from = i + 1;
        plain = true;
      } else if (b < 0x20 || b == 0x7F) { // bytes above 127 are negative
        plain = false;
      }
    }
    if (from < count) {
      decode(bytes, from, count, false);
      within = true;
    }
    write();
  }

  private void line(byte[] bytes, int from, int end, boolean plain) {
    int length = end - from;
    if (plain && length <= LogLines.LONGEST) {
      copy(bytes, from, length);
    } else {
      decode(bytes, from, end + 1, false);
      within = false;
    }
  }

  private void copy(byte[] bytes, int from, int length) {
    int whole = prefixBytes.length + length + 1;
    if (whole > ROOM - readyCount) {
      write();
    }
    System.arraycopy(prefixBytes, 0, ready, readyCount, prefixBytes.length);
    System.arraycopy(bytes, from, ready, readyCount + prefixBytes.length, length);
    readyCount += whole;
    ready[readyCount - 1] = '\n';
  }

  private void write() {
    out.write(ready, readyCount);
    readyCount = 0;
  }

  private void decode(byte[] bytes, int from, int end, boolean last) {
    undecoded.put(bytes, from, end - from).flip();
    decoder.decode(undecoded, characters, last);
    undecoded.compact();
    lines.take(characters.flip().toString(), this::print);
    characters.clear();
  }

  /** Prints the line that has no end. */
  void end() {
    decode(new byte[0], 0, 0, true);
    lines.end(this::print);
    out.flush();
  }

  private void print(String line) {
    write();
    out.println(prefix + SafeText.logLine(line, out.hasColour()));
  }
}
