package ferry.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a placeholder stand in a text without quotes inside of {@code [ ]} and {@code { }}, as in
 * {@code [model-{activation}.onnx]}. YAML wants quotes there, but such a brace touches a text, and
 * no other YAML has a brace where it touches one: so it is hidden from the parser behind a
 * character of the same length, and put back.
 */
final class Braces {
  private static final String WORD = "[\\p{L}\\p{N}_][\\p{L}\\p{N}_\\-]{0,100}";
  private static final String NAME = WORD + "(?:\\." + WORD + ")?";
  private static final String HELD = "\\{" + NAME + "}|\\{\\{" + NAME + "}}";
  private static final String BEFORE = "(?<=[^\\s\\[{,:\"'\\\\\\]])";
  private static final String AFTER = "(?=[^\\s\\]},:\"'])";
  private static final Pattern TOUCHING =
      Pattern.compile(BEFORE + "(?:" + HELD + ")|(?:" + HELD + ")" + AFTER);

  /** Private to us by Unicode's own word: no font and no language has them. */
  private static final String OPEN = Character.toString(0x10FFFC);

  private static final String CLOSE = Character.toString(0x10FFFD);

  private Braces() {}

  /** The text as the parser may see it; every character keeps its place. */
  static String hidden(String text) {
    if (text.contains(OPEN) || text.contains(CLOSE)) {
      return text;
    }
    return TOUCHING
        .matcher(text)
        .replaceAll(match ->
            Matcher.quoteReplacement(match.group().replace("{", OPEN).replace("}", CLOSE)));
  }

  static String shown(String text) {
    return text.replace(OPEN, "{").replace(CLOSE, "}");
  }
}
