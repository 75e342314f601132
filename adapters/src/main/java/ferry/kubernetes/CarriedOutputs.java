package ferry.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * What a step put out, packed by it and brought home through its log: the one way out of a Pod that
 * is always there. Each piece says where it belongs, so that a log which is read twice does no
 * harm.
 */
final class CarriedOutputs {
  /** What a piece begins with in the log: a control character, and a word of ours. */
  private static final LogMark MARK = new LogMark("\u001eferry-output ");

  /** Bytes of a whole piece: lines of 57 bytes each, as {@code base64} writes them. */
  static final int PIECE = 50 * 57;

  private final Path file;

  /**
   * Of one attempt.
   *
   * @param directory the attempt's own
   */
  CarriedOutputs(Path directory) {
    this.file = directory.resolve("outputs.tgz");
  }

  /** Where a piece begins in a line, or -1. */
  static int start(byte[] line) {
    return MARK.in(line);
  }

  /** Puts a piece in its place: {@code MARK number base64}. What is no such piece is let go. */
  void take(byte[] line, int start) throws IOException {
    int from = start + MARK.text().length();
    var text = new String(line, from, line.length - from, StandardCharsets.US_ASCII).strip();
    int space = text.indexOf(' ');
    var number = space < 0 ? "" : text.substring(0, space);
    if (!number.matches("[0-9]{1,6}")) {
      return;
    }
    var piece = decoded(text.substring(space + 1).strip());
    if (piece.length > 0) {
      try (var out = new RandomAccessFile(file.toFile(), "rw")) {
        out.seek((long) Integer.parseInt(number) * PIECE);
        out.write(piece);
      }
    }
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException forged) {
      return new byte[0]; // a log whose reading failed here would never be read to its end
    }
  }

  /** All of it, where anything came. */
  Optional<InputStream> open() throws IOException {
    return Files.exists(file) ? Optional.of(Files.newInputStream(file)) : Optional.empty();
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
