package ferry.format;

import java.util.regex.Pattern;

/**
 * A regular expression as Go writes it (RE2), in Java's words. Go takes a brace literally where no
 * repetition begins, and brackets and ampersands within a class of characters.
 */
final class GoPattern {
  private static final Pattern REPETITION = Pattern.compile("\\{\\d{1,4}(,\\d{0,4})?}");
  private static final Pattern NAMED_CLASS = Pattern.compile("\\[:(\\^?)([a-z]+):]");

  private final String text;
  private final StringBuilder java = new StringBuilder();
  private int at;

  private GoPattern(String text) {
    this.text = text;
  }

  /** The same expression for {@link Pattern}; what Go refuses too is left as it is. */
  static String inJava(String text) {
    return new GoPattern(text).translated();
  }

  private String translated() {
    while (at < text.length()) {
      if (text.charAt(at) == '[') {
        ofClass();
      } else {
        outside();
      }
    }
    return java.toString();
  }

  private void outside() {
    if (text.startsWith("\\Q", at)) {
      int end = text.indexOf("\\E", at);
      take(end < 0 ? text.length() - at : end + 2 - at);
    } else if (text.charAt(at) == '\\') {
      escape();
    } else if (text.startsWith("(?P<", at)) {
      java.append("(?<");
      at += 4;
    } else if (text.charAt(at) == '{') {
      var repetition = REPETITION.matcher(text).region(at, text.length());
      if (repetition.lookingAt()) {
        take(repetition.end() - at);
      } else {
        java.append("\\{");
        at++;
      }
    } else {
      take(1);
    }
  }

  /** {@code \p{Greek}} and {@code \x{10FFFF}} have braces of their own. */
  private void escape() {
    boolean isBraced =
        at + 2 < text.length()
            && "pPx".indexOf(text.charAt(at + 1)) >= 0
            && text.charAt(at + 2) == '{';
    int end = isBraced ? text.indexOf('}', at) : -1;
    take(end < 0 ? Math.min(2, text.length() - at) : end + 1 - at);
  }

  private void ofClass() {
    take(1);
    if (text.startsWith("^", at)) {
      take(1);
    }
    boolean isFirst = true;
    while (at < text.length() && (isFirst || text.charAt(at) != ']')) {
      isFirst = false;
      inClass();
    }
    take(Math.min(1, text.length() - at));
  }

  private void inClass() {
    char next = text.charAt(at);
    var named = NAMED_CLASS.matcher(text).region(at, text.length());
    if (next == '\\') {
      escape();
    } else if (next == '[' && named.lookingAt()) {
      java.append(named.group(1).isEmpty() ? "\\p{" : "\\P{").append(inJavaNamed(named.group(2)));
      at = named.end();
    } else if (next == '[' || next == ']' || next == '&') {
      java.append('\\');
      take(1);
    } else {
      take(1);
    }
  }

  private static String inJavaNamed(String name) {
    return switch (name) {
      case "xdigit" -> "XDigit}";
      case "ascii" -> "ASCII}";
      default -> Character.toUpperCase(name.charAt(0)) + name.substring(1) + "}";
    };
  }

  private void take(int characters) {
    java.append(text, at, at + characters);
    at += characters;
  }
}
