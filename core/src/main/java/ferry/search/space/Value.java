package ferry.search.space;

import java.util.regex.Pattern;

/** What a parameter is set to. */
public sealed interface Value {

  /** The value as a command line, an environment variable or a placeholder shows it. */
  String text();

  /** The value as JSON writes it. */
  String json();

  record Whole(long value) implements Value {
    @Override
    public String text() {
      return Long.toString(value);
    }

    @Override
    public String json() {
      return text();
    }
  }

  /** A finite number, spelled as Python does: {@code 0.001}, {@code 1e-05}, {@code 3.0}. */
  record Real(double value) implements Value {
    public Real {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a parameter's value is finite");
      }
    }

    @Override
    public String text() {
      return Numbers.text(value);
    }

    @Override
    public String json() {
      return text();
    }
  }

  record Text(String value) implements Value {
    @Override
    public String text() {
      return value;
    }

    @Override
    public String json() {
      return Json.write(value);
    }
  }

  record Flag(boolean value) implements Value {
    @Override
    public String text() {
      return Boolean.toString(value);
    }

    @Override
    public String json() {
      return text();
    }
  }

  /** A list, a map or null, as the JSON text that writes it. */
  record Tree(String json) implements Value {
    @Override
    public String text() {
      return json;
    }
  }

  Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");
  Pattern REAL =
      Pattern.compile("[+-]?([0-9]{1,40}([.][0-9]{0,40})?|[.][0-9]{1,40})([eE][+-]?[0-9]{1,4})?");

  /**
   * The value that a bare word means: a number, {@code true}, {@code false}, or the text itself.
   */
  static Value of(String word) {
    if (WHOLE.matcher(word).matches()) {
      return new Whole(Long.parseLong(word));
    }
    if (REAL.matcher(word).matches() && Double.isFinite(Double.parseDouble(word))) {
      return new Real(Double.parseDouble(word));
    }
    return switch (word) {
      case "true" -> new Flag(true);
      case "false" -> new Flag(false);
      default -> new Text(word);
    };
  }

  /** The value of a JSON tree: {@link Json#read}'s objects. */
  static Value ofTree(@org.jspecify.annotations.Nullable Object tree) {
    return switch (tree) {
      case Long whole -> new Whole(whole);
      case Double real -> new Real(real);
      case String text -> new Text(text);
      case Boolean flag -> new Flag(flag);
      case null, default -> new Tree(Json.write(tree));
    };
  }
}
