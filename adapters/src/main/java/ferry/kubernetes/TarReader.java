package ferry.kubernetes;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Unpacks the plain files of a tar archive as GNU tar, busybox and Python write it, below one
 * directory and nowhere else. Links to elsewhere and devices are left out.
 */
final class TarReader implements Closeable {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int LONGEST_NAME = 1 << 16;

  private final InputStream in;
  private final List<String> files = new ArrayList<>();

  TarReader(InputStream in) {
    this.in = in;
  }

  /**
   * Unpacks all of it.
   *
   * @return the files' paths, relative to the directory
   * @throws IOException where it is cut off or no tar archive, or cannot be written
   */
  List<String> unpack(Path directory) throws IOException {
    var header = new byte[BLOCK];
    var longName = "";
    while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
      checkSum(header);
      long size = octal(header, 124, 12);
      switch (header[156]) {
        case 'L' -> longName = text(name(size));
        case 'x' -> longName = paxPath(new String(name(size), StandardCharsets.UTF_8), longName);
        case 'g', 'K' -> name(size);
        default -> {
          var path = longName.isEmpty() ? path(header) : longName;
          longName = "";
          entry(header, directory, path, size);
        }
      }
    }
    return files;
  }

  private void entry(byte[] header, Path directory, String path, long size) throws IOException {
    var target = inside(directory, path);
    if (header[156] == '0' || header[156] == 0) {
      Files.createDirectories(target.getParent());
      try (var out = Files.newOutputStream(target)) {
        copy(size, out);
      }
      boolean isExecutable = (octal(header, 100, 8) & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(isExecutable ? "rwx------" : "rw-------"));
      files.add(directory.relativize(target).toString());
    } else if (header[156] == '1') {
      Files.copy(inside(directory, text(header, 157, NAME)), target);
      files.add(directory.relativize(target).toString());
    } else {
      in.skipNBytes(size + padding(size));
    }
  }

  /** A path that stays below the directory, whatever was written. */
  private static Path inside(Path directory, String path) throws IOException {
    var target = directory.resolve(path.replaceAll("^/+", "")).normalize();
    if (!target.startsWith(directory)) {
      throw new IOException("the archive names `" + path + "`, which lies outside");
    }
    return target;
  }

  private void copy(long size, java.io.OutputStream out) throws IOException {
    var buffer = new byte[1 << 16];
    long left = size;
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new EOFException("the archive is cut off");
      }
      out.write(buffer, 0, count);
      left -= count;
    }
    in.skipNBytes(padding(size));
  }

  private byte[] name(long size) throws IOException {
    if (size > LONGEST_NAME) {
      throw new IOException("the archive has a name of " + size + " bytes");
    }
    var bytes = in.readNBytes((int) size);
    in.skipNBytes(padding(size));
    return bytes;
  }

  /** Lines of {@code 18 path=a/b.txt}; other facts are of no use here. */
  private static String paxPath(String facts, String otherwise) {
    return facts
        .lines()
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .filter(line -> line.startsWith("path="))
        .map(line -> line.substring("path=".length()))
        .findFirst()
        .orElse(otherwise);
  }

  private static String path(byte[] header) {
    var prefix = text(header, 257, 6).equals("ustar") ? text(header, 345, 155) : "";
    var name = text(header, 0, NAME);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static String text(byte[] bytes) {
    return text(bytes, 0, bytes.length);
  }

  private static String text(byte[] bytes, int from, int most) {
    int end = from;
    while (end < from + most && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  private static long octal(byte[] header, int at, int length) throws IOException {
    if (header[at] < 0) {
      return binary(header, at, length);
    }
    var digits = text(header, at, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException noNumber) {
      throw new IOException("it is no tar archive", noNumber);
    }
  }

  /** How GNU tar writes what octal digits have no room for. */
  private static long binary(byte[] header, int at, int length) {
    long value = 0;
    for (int i = at + length - 8; i < at + length; i++) {
      value = value << 8 | header[i] & 0xff;
    }
    return value;
  }

  private static void checkSum(byte[] header) throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    if (sum != octal(header, 148, 8)) {
      throw new IOException("it is no tar archive");
    }
  }

  private static long padding(long size) {
    return (BLOCK - size % BLOCK) % BLOCK;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
