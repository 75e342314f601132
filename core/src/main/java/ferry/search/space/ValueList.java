package ferry.search.space;

import java.util.ArrayList;
import java.util.List;

/** Values between brackets, {@code [relu, "a, b", 3]}, each once. */
final class ValueList {
  private ValueList() {}

  /**
   * Reads the values; the brackets may be missing.
   *
   * @param at where the list begins in the text
   * @throws ferry.error.UserException with its place, for anything else
   */
  static List<Value> read(ParameterText in, String list, int at) {
    boolean bracket = list.startsWith("[");
    if (bracket && !list.endsWith("]")) {
      throw in.error(at, list, "`" + list + "`", "a closing `]`");
    }
    var inner = bracket ? list.substring(1, list.length() - 1) : list;
    var values = new ArrayList<Value>();
    int from = at + (bracket ? 1 : 0);
    for (var word : split(inner)) {
      var value = value(word.strip());
      if (word.isBlank()) {
        throw in.error(
            at, list, "an empty value", "values with commas between them", "`\"\"` is one");
      }
      if (values.contains(value)) {
        throw in.error(
            from, word, "the value `" + word.strip() + "` twice", "each value of a list once");
      }
      values.add(value);
      from += word.length() + 1;
    }
    return values;
  }

  /** The text without the quotes around it. */
  static String unquoted(String word) {
    return isQuoted(word) ? word.substring(1, word.length() - 1) : word;
  }

  static boolean isQuoted(String word) {
    return word.length() > 1
        && (word.charAt(0) == '"' || word.charAt(0) == '\'')
        && word.charAt(word.length() - 1) == word.charAt(0);
  }

  private static List<String> split(String inner) {
    var words = new ArrayList<String>();
    char quote = '\0';
    int from = 0;
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      if (quote == '\0' && c == ',') {
        words.add(inner.substring(from, i));
        from = i + 1;
      } else if (quote == '\0' && (c == '"' || c == '\'') && inner.substring(from, i).isBlank()) {
        quote = c;
      } else if (c == quote) {
        quote = '\0';
      }
    }
    words.add(inner.substring(from));
    return words;
  }

  private static Value value(String word) {
    return isQuoted(word) ? new Value.Text(unquoted(word)) : Value.of(word);
  }
}
