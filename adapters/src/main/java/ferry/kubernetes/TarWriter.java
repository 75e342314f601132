package ferry.kubernetes;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a tar archive as GNU tar, busybox and Python read it. Owner and times are always the same,
 * so that the same files give the same bytes.
 */
final class TarWriter implements Closeable {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final long WHEN = 1_000_000_000; // in 2001: not so old that tools warn

  private final OutputStream out;

  TarWriter(OutputStream out) {
    this.out = out;
  }

  void directory(String path) throws IOException {
    entry(path + "/", '5', 0755, 0, "");
  }

  void file(String path, byte[] content, boolean isExecutable) throws IOException {
    entry(path, '0', isExecutable ? 0755 : 0644, content.length, "");
    body(content);
  }

  void link(String path, String target) throws IOException {
    entry(path, '2', 0777, 0, target);
  }

  private void entry(String path, char kind, int mode, long size, String target)
      throws IOException {
    var name = path.getBytes(StandardCharsets.UTF_8);
    var link = target.getBytes(StandardCharsets.UTF_8);
    if (name.length > NAME) {
      longName(name, 'L');
    }
    if (link.length > NAME) {
      longName(link, 'K');
    }
    header(name, kind, mode, size, link);
  }

  private void longName(byte[] name, char kind) throws IOException {
    header(
        "././@LongLink".getBytes(StandardCharsets.US_ASCII),
        kind,
        0644,
        name.length + 1L,
        new byte[0]);
    body(Arrays.copyOf(name, name.length + 1));
  }

  private void header(byte[] name, char kind, int mode, long size, byte[] link) throws IOException {
    var header = new byte[BLOCK];
    System.arraycopy(name, 0, header, 0, Math.min(NAME, name.length));
    octal(header, 100, 8, mode);
    octal(header, 108, 8, 0);
    octal(header, 116, 8, 0);
    octal(header, 124, 12, size);
    octal(header, 136, 12, WHEN);
    header[156] = (byte) kind;
    System.arraycopy(link, 0, header, 157, Math.min(NAME, link.length));
    text(header, 257, "ustar  ");
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xff;
    }
    octal(header, 148, 7, sum);
    out.write(header);
  }

  private static void octal(byte[] header, int at, int length, long value) {
    text(header, at, ("%0" + (length - 1) + "o").formatted(value));
    header[at + length - 1] = 0;
  }

  private static void text(byte[] header, int at, String text) {
    var bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private void body(byte[] content) throws IOException {
    out.write(content);
    int over = content.length % BLOCK;
    if (over > 0) {
      out.write(new byte[BLOCK - over]);
    }
  }

  @Override
  public void close() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.close();
  }
}
