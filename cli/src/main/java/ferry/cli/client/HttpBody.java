package ferry.cli.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The bytes of an answer: so many as were announced, or chunk by chunk, or until the end. */
final class HttpBody extends InputStream {
  private static final long UNTIL_THE_END = -1;

  private final InputStream in;
  private final boolean chunked;

  /** Bytes left of the body, or of this chunk. */
  private long left;

  private boolean first = true;
  private boolean ended;

  private HttpBody(InputStream in, boolean chunked, long left) {
    this.in = in;
    this.chunked = chunked;
    this.left = left;
    this.ended = !chunked && left == 0;
  }

  static HttpBody of(int status, Map<String, String> headers, InputStream in) throws IOException {
    if (status == 204 || status == 304) {
      return new HttpBody(in, false, 0);
    }
    if (headers
        .getOrDefault("transfer-encoding", "")
        .toLowerCase(java.util.Locale.ROOT)
        .contains("chunked")) {
      return new HttpBody(in, true, 0);
    }
    var length = headers.get("content-length");
    return new HttpBody(in, false, length == null ? UNTIL_THE_END : parse(length, 10));
  }

  private static long parse(String number, int radix) throws IOException {
    try {
      long value = Long.parseLong(number, radix);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IOException("the answer has a length that is no number", e);
    }
    throw new IOException("the answer has a negative length");
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!ended && chunked && left == 0) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int read =
        in.read(bytes, offset, left == UNTIL_THE_END ? length : (int) Math.min(left, length));
    if (read < 0) {
      if (left != UNTIL_THE_END) {
        throw new EOFException("the answer broke off");
      }
      ended = true;
    } else if (left != UNTIL_THE_END) {
      left -= read;
      ended = !chunked && left == 0;
    }
    return read;
  }

  private void nextChunk() throws IOException {
    if (!first) {
      HttpAnswer.line(in);
    }
    first = false;
    var line = HttpAnswer.line(in);
    int semicolon = line.indexOf(';');
    left = parse((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
    if (left == 0) {
      ended = true;
      HttpAnswer.line(in);
    }
  }
}
