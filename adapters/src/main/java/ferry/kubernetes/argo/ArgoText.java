package ferry.kubernetes.argo;

import ferry.engine.Outline;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** How texts pass through Argo, Kubernetes and a shell and stay what they are. */
final class ArgoText {
  /** The variable that is an opening brace, and never seen by a step. */
  static final String BRACE = "FERRY_BRACE";

  /**
   * The characters of a value that mean something on their way. Argo leaves out the parentheses of
   * a value where it names a node by it.
   */
  private static final String SPECIAL = "%\"$,<>&\\{()\t\n\r";

  private ArgoText() {}

  /**
   * A text of a Pod in which Argo finds no template of its own: of two braces the second is left to
   * Kubernetes, which puts variables in later.
   */
  static String literal(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      boolean second = i > 0 && text.charAt(i) == '{' && text.charAt(i - 1) == '{';
      out.append(second ? "$(" + BRACE + ")" : text.charAt(i));
    }
    return out.toString();
  }

  /** A text that only people read: no two braces of it stand together. */
  static String spaced(String text) {
    return text.replaceAll("\\{(?=\\{)", "{ ");
  }

  /** A value as it travels between steps. */
  static String encoded(String value) {
    var out = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      out.append(SPECIAL.indexOf(c) < 0 ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return out.toString();
  }

  /** What {@link #encoded} was given. */
  static String decoded(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var out = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      boolean isCode =
          bytes[i] == '%'
              && i + 2 < bytes.length
              && HexFormat.isHexDigit(bytes[i + 1])
              && HexFormat.isHexDigit(bytes[i + 2]);
      if (isCode) {
        out.put(
            (byte) HexFormat.fromHexDigits(new String(bytes, i + 1, 2, StandardCharsets.US_ASCII)));
        i += 2;
      } else {
        out.put(bytes[i]);
      }
    }
    return new String(out.array(), 0, out.position(), StandardCharsets.UTF_8);
  }

  /** A shell's word of a text with marks of variables. */
  static String word(String text) {
    var out = new StringBuilder();
    var mark = Outline.MARK.matcher(text);
    int from = 0;
    while (mark.find()) {
      out.append(quoted(text.substring(from, mark.start())));
      out.append("\"$").append(mark.group(1)).append('"');
      from = mark.end();
    }
    return out.append(quoted(text.substring(from))).toString();
  }

  static boolean isMarked(String text) {
    return Outline.MARK.matcher(text).find();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
