package ferry.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the `{name}` and `{step.name}` of a text. */
final class Placeholders {
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "\\{\\{[\\w.\\-]+}}|\\$\\{[^}]*}|\\{([A-Za-z_][\\w\\-]*)(?:\\.([A-Za-z_]\\w*))?}");

  /**
   * One placeholder.
   *
   * @param name the parameter, variable or step
   * @param value what the step put out
   * @param offset where it begins, in code points
   */
  record Placeholder(String name, Optional<String> value, int offset) {
    String text() {
      return value.map(v -> name + "." + v).orElse(name);
    }
  }

  private Placeholders() {}

  static List<Placeholder> in(String text) {
    var found = new ArrayList<Placeholder>();
    var matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        found.add(
            new Placeholder(
                matcher.group(1),
                Optional.ofNullable(matcher.group(2)),
                text.codePointCount(0, matcher.start())));
      }
    }
    return found;
  }

  /** The text with braces around every name but these doubled, so that they stay what they are. */
  static String literal(String text, Set<String> names) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> {
          boolean stays =
              match.group(1) == null || match.group(2) == null && names.contains(match.group(1));
          return Matcher.quoteReplacement(stays ? match.group() : "{" + match.group() + "}");
        });
  }
}
