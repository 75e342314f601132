package ferry.workflow;

import ferry.error.TemplateError;
import java.util.regex.Pattern;

/**
 * A place in a shell command where a value is to stand, and how it is written there.
 *
 * @param quoting what surrounds it
 * @param quoteAlways whether even a simple value would mean something else without quotes, because
 *     of what follows it
 * @param glued whether it follows a {@code $name}, of which a simple value would become a part
 * @param tabsDropped whether tabs at the beginning of its lines are dropped
 * @param caution what is around it that a shell reads before it reads the quotes
 */
record ShellPlace(
    Quoting quoting, boolean quoteAlways, boolean glued, boolean tabsDropped, Caution caution) {

  /** What surrounds a value. */
  enum Quoting {
    /** Nothing: an argument, or a part of one. */
    WORD,
    /** Nothing, where a command or a variable's name would stand. */
    FIRST,
    /** Nothing, in a word with an unquoted brace. */
    BRACES,
    /** Nothing, in {@code [[ ]]}. */
    TEST,
    DOUBLE,
    SINGLE,
    DOLLAR_SINGLE,
    /** The word of a <code>${x:-word}</code> in double quotes. */
    DEFAULT,
    /** A heredoc in which the shell expands. */
    HEREDOC,
    /** A heredoc in which it does not. */
    RAW,
    /** The shell's arithmetic. */
    NUMBER,
    /** The subscript of a variable that is being set. */
    SUBSCRIPT,
    /** Something in which a value cannot be written in a way that all shells read alike. */
    NOWHERE
  }

  /** What is around a place, however far out, that a shell reads before it reads quotes. */
  enum Caution {
    NONE,
    /** Backquotes within double quotes, where bash misreads quotes and parentheses. */
    BACKQUOTES,
    /**
     * A heredoc in which the shell expands, from whose commands backslashes at line ends go first.
     */
    HEREDOC
  }

  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9_./:@%+,-]+");
  private static final Pattern SIMPLE_IN_TEST = Pattern.compile("[A-Za-z0-9_]+");
  private static final Pattern SIMPLE_IN_QUOTES = Pattern.compile("[A-Za-z0-9_./:-]*");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,= -]*");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,19}");

  /** A text that is known now, as it is written here. */
  String known(String name, String value) {
    if (value.indexOf('\0') >= 0) {
      throw new TemplateError.NulInValue(name).thrown();
    }
    heed(name, value);
    return switch (quoting) {
      case WORD ->
          SIMPLE.matcher(value).matches() && !reserved(value) ? simple(value) : single(value);
      case BRACES, TEST -> SIMPLE_IN_TEST.matcher(value).matches() ? simple(value) : single(value);
      case FIRST -> single(value);
      case DOUBLE -> {
        var text = ShellTemplate.escaped(value, "$`\"\\");
        yield glued ? "\"\"" + text : text;
      }
      case SINGLE -> value.replace("'", "'\\''");
      case DOLLAR_SINGLE ->
          SIMPLE_IN_QUOTES.matcher(value).matches() && !quoteAlways
              ? value
              : "'" + single(value) + "$'";
      case DEFAULT -> inDefault(name, value);
      case HEREDOC -> inHeredoc(name, ShellTemplate.escaped(value, "$`\\"), value);
      case RAW -> inHeredoc(name, value, value);
      case NUMBER, SUBSCRIPT -> number(name, value);
      case NOWHERE -> throw nowhere(name);
    };
  }

  private void heed(String name, String value) {
    switch (caution) {
      case NONE -> {}
      case BACKQUOTES -> {
        if (!PLAIN.matcher(value).matches()) {
          throw new TemplateError.NoPlaceForValue(
                  name,
                  "its value has special characters, and shells misread them in backquotes within"
                      + " double quotes",
                  "write `$( … )` in place of the backquotes")
              .thrown();
        }
      }
      case HEREDOC -> {
        if (quoting != Quoting.HEREDOC && value.indexOf('\\') >= 0) {
          throw new TemplateError.NoPlaceForValue(
                  name,
                  "its value has backslashes, which a command inside a text after `<<` may lose",
                  "set a variable before the text: `value={" + name + "}`")
              .thrown();
        }
      }
    }
  }

  /** A text that a variable will hold, as it is written here. */
  String atRunTime(String name, String variable) {
    return switch (quoting) {
      case WORD, FIRST, BRACES, TEST -> "\"$" + variable + "\"";
      case DOUBLE, DEFAULT, HEREDOC -> "${" + variable + "}";
      case SINGLE -> "'\"$" + variable + "\"'";
      case DOLLAR_SINGLE -> "'\"$" + variable + "\"$'";
      case NUMBER, SUBSCRIPT -> checkedNumber(name, variable);
      case RAW ->
          throw new TemplateError.NoPlaceForValue(
                  name,
                  "its value is known only while running, and this text is one that the shell does"
                      + " not expand",
                  "take the quotes from the word after `<<`")
              .thrown();
      case NOWHERE -> throw nowhere(name);
    };
  }

  private String simple(String value) {
    return quoteAlways || glued ? single(value) : value;
  }

  private static boolean reserved(String value) {
    return ShellKeywords.RESERVED.contains(value);
  }

  private static String single(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }

  private static boolean wouldMerge(String value) {
    return value.isEmpty()
        || (value.charAt(0) == '_' || Character.isLetterOrDigit(value.charAt(0)));
  }

  private String inDefault(String name, String value) {
    if (glued || !PLAIN.matcher(value).matches()) {
      throw nowhere(name);
    }
    return value;
  }

  private String inHeredoc(String name, String text, String value) {
    if (value.indexOf('\u0001') >= 0 || value.indexOf('\u007f') >= 0) {
      throw new TemplateError.NoPlaceForValue(
              name,
              "its value has control characters that bash loses in a text after `<<`",
              "give the text to the command another way, or take the characters out")
          .thrown();
    }
    if (tabsDropped && (value.startsWith("\t") || value.contains("\n\t"))) {
      throw new TemplateError.NoPlaceForValue(
              name,
              "its value has tabs at the beginning of a line, which `<<-` drops",
              "write `<<`")
          .thrown();
    }
    if (glued && quoting == Quoting.HEREDOC && wouldMerge(value)) {
      throw new TemplateError.NoPlaceForValue(
              name,
              "it would become a part of the variable's name before it",
              "write `${…}` for the variable")
          .thrown();
    }
    return text;
  }

  private String number(String name, String value) {
    if (!WHOLE_NUMBER.matcher(value).matches()) {
      throw new TemplateError.NotWholeNumber(name, value).thrown();
    }
    if (glued) {
      throw nowhere(name);
    }
    return value.startsWith("-") && quoting == Quoting.NUMBER ? " " + value : value;
  }

  /**
   * The shell's arithmetic would run what it finds in a variable, so only a number may come
   * through.
   */
  private String checkedNumber(String name, String variable) {
    if (glued) {
      throw nowhere(name);
    }
    return "$(case $%1$s in (''|-|*[!0-9-]*|?*-*) echo \"ferry: $%1$s is not a whole number\" >&2; echo 1 1;; (*) echo \"$%1$s\";; esac)"
        .replace("%1$s", variable);
  }

  private static RuntimeException nowhere(String name) {
    return new TemplateError.NoPlaceForValue(
            name,
            "no value can be put here in a way that every shell reads alike",
            "set a variable first: `value={" + name + "}; … \"$value\"`")
        .thrown();
  }
}
