package ferry.workflow;

import ferry.error.Location;
import ferry.error.TemplateError;
import ferry.error.UserException;
import java.util.Collection;
import java.util.Optional;

/**
 * A {@code {name}} in a text: a bare name, or {@code {step.value}}. What stands behind a {@code $}
 * is the shell's, <code>{{name}}</code> is the text {@code {name}}, and braces around anything else
 * are only braces.
 *
 * @param name what is between the braces
 * @param start the offset of the opening brace in the text
 */
public record Placeholder(String name, int start) {
  private static final int LONGEST = 205;

  /** The offset behind the closing brace. */
  public int end() {
    return start + name.length() + 2;
  }

  /**
   * Whether a text can be named by a placeholder: {@code lr}, {@code my-param}, {@code step.value}.
   */
  public static boolean isName(String name) {
    return nameEnd(name, 0) == name.length();
  }

  /** The placeholder whose opening brace is at this offset. */
  static Optional<Placeholder> at(String text, int at) {
    if (text.charAt(at) != '{' || at > 0 && text.charAt(at - 1) == '$') {
      return Optional.empty();
    }
    int end = nameEnd(text, at + 1);
    boolean closed = end > 0 && end < text.length() && text.charAt(end) == '}';
    return closed
        ? Optional.of(new Placeholder(text.substring(at + 1, end), at))
        : Optional.empty();
  }

  /** The name in <code>{{name}}</code> whose first brace is at this offset. */
  static Optional<String> literalAt(String text, int at) {
    boolean twice = text.startsWith("{{", at) && (at == 0 || text.charAt(at - 1) != '$');
    var inner = twice ? at(text, at + 1) : Optional.<Placeholder>empty();
    return inner.filter(found -> text.startsWith("}", found.end())).map(Placeholder::name);
  }

  /** An unknown name as an error at this place of the text. */
  UserException unknown(String text, String source, Collection<String> known) {
    var error = new TemplateError.UnknownPlaceholder(name, Names.nearest(name, known));
    return error.thrown().at(location(source, text));
  }

  /** Where it stands in the text, which the errors call {@code source}. */
  public Location location(String source, String text) {
    return Location.of(source, text, start, end());
  }

  /** Behind the name that starts at {@code from}, or -1 if none does. */
  private static int nameEnd(String text, int from) {
    int limit = Math.min(text.length(), from + LONGEST);
    boolean value = false;
    boolean begins = true;
    boolean digitFirst = false;
    int at = from;
    while (at < limit) {
      int c = text.codePointAt(at);
      if (c == '.' && !begins && !value) {
        value = true;
        begins = true;
      } else if (begins && (Character.isLetter(c) || c == '_' || Character.isDigit(c) && !value)) {
        digitFirst |= Character.isDigit(c);
        begins = false;
      } else if (begins || !Character.isLetterOrDigit(c) && c != '_' && c != '-') {
        break;
      }
      at += Character.charCount(c);
    }
    return begins || digitFirst && !value ? -1 : at;
  }
}
