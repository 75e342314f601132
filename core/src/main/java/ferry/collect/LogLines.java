package ferry.collect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Cuts what a program prints into lines: a line ends at a newline, and where a progress bar goes
 * back to its beginning. Colours are taken away; a line is cut at 16 KiB. How the bytes arrive in
 * pieces makes no difference.
 */
final class LogLines {
  private static final int LONGEST = 16 << 10;
  private static final Pattern CONTROL =
      Pattern.compile("\u001b\\[[0-?]*+[ -/]*+[@-~]|[\\x00-\\x08\\x0e-\\x1a\\x1c-\\x1f]");

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);

  void take(byte[] bytes, Consumer<String> lines) {
    for (byte b : bytes) {
      if (b == '\n' || b == '\r') {
        end(lines);
      } else if (line.size() < LONGEST) {
        line.write(b);
      }
    }
  }

  /** What was printed without an end of line is a line too, once nothing more comes. */
  void end(Consumer<String> lines) {
    if (line.size() > 0) {
      var text = line.toString(StandardCharsets.UTF_8);
      line.reset();
      lines.accept(isPlain(text) ? text : CONTROL.matcher(text).replaceAll(""));
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' && text.charAt(i) != '\t') {
        return false;
      }
    }
    return true;
  }
}
