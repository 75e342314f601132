package ferry.server.mlflow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.regex.Pattern;

/** A part of a file: from a byte to before another (RFC 9110, one range). */
record ByteRange(long from, long to) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
  private static final int BUFFER = 1 << 17;

  /** The range that a header asks for; none where it asks for none that is understood. */
  static Optional<ByteRange> of(Optional<String> header, long size) {
    var match = ONE.matcher(header.orElse("").replace(" ", ""));
    if (!match.matches() || match.group(1).isEmpty() && match.group(2).isEmpty()) {
      return Optional.empty();
    }
    if (match.group(1).isEmpty()) {
      long last = Math.min(size, Long.parseLong(match.group(2)));
      return Optional.of(new ByteRange(size - last, size));
    }
    long from = Long.parseLong(match.group(1));
    long to = match.group(2).isEmpty() ? size : Math.min(size, Long.parseLong(match.group(2)) + 1);
    return Optional.of(new ByteRange(from, Math.max(from, from >= size ? from : to)));
  }

  boolean isEmpty() {
    return to <= from;
  }

  long length() {
    return to - from;
  }

  String header(long size) {
    return "bytes " + from + "-" + (to - 1) + "/" + size;
  }

  void copy(SeekableByteChannel in, OutputStream out) throws IOException {
    in.position(from);
    var buffer = ByteBuffer.allocate(BUFFER);
    long left = length();
    while (left > 0) {
      buffer.clear().limit((int) Math.min(BUFFER, left));
      int read = in.read(buffer);
      if (read < 0) {
        throw new IOException("the file became shorter while it was read");
      }
      out.write(buffer.array(), 0, read);
      left -= read;
    }
  }
}
