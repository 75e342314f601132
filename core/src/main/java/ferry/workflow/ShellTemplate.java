package ferry.workflow;

import ferry.error.Location;
import ferry.error.TemplateError;
import ferry.error.UserError;
import ferry.error.UserException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A shell command with placeholders. A value is never shell syntax: it is put in as one word, or as
 * a part of one, quoted as its surroundings need. Where no value can be put safely, that is an
 * error. Comments are left as they are.
 */
public final class ShellTemplate {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** What stands for a placeholder. */
  public sealed interface Value {

    /** A text that is known now. */
    record Known(String text) implements Value {}

    /** Nothing yet: the placeholder stays as it is written, for people to read. */
    record Open() implements Value {}

    /** A text that an environment variable will hold when the command runs. */
    record AtRunTime(String variable) implements Value {
      public AtRunTime {
        if (!VARIABLE.matcher(variable).matches()) {
          throw new IllegalArgumentException("not a variable: " + variable);
        }
      }
    }
  }

  /** A part of the command. */
  sealed interface Piece {}

  /** Text that stays. */
  record Text(String text) implements Piece {}

  /** A place for a value. */
  record Hole(Placeholder placeholder, ShellPlace place) implements Piece {}

  /** A command in backquotes, with one level of backslashes taken away. */
  record Backquoted(List<Piece> pieces, boolean inQuotes) implements Piece {}

  /** The text of a heredoc, without the line that ends it. */
  record Body(List<Piece> pieces, Heredoc heredoc, Placeholder first) implements Piece {}

  private final String command;
  private final List<Piece> pieces;
  private final List<Placeholder> placeholders;
  private final int doubtfulFrom;

  private ShellTemplate(String command, List<Piece> pieces, ShellTemplateReader.Found found) {
    this.command = command;
    this.pieces = List.copyOf(pieces);
    this.placeholders = List.copyOf(found.placeholders);
    this.doubtfulFrom = found.doubtfulFrom;
  }

  /** Finds the placeholders of a command; every text is good, also one that no shell would read. */
  public static ShellTemplate parse(String command) {
    var found = new ShellTemplateReader.Found();
    var pieces = ShellTemplateReader.read(command, found);
    return new ShellTemplate(command, pieces, found);
  }

  /** The command as written. */
  public String command() {
    return command;
  }

  /** In the order written; their offsets are those in the command. */
  public List<Placeholder> placeholders() {
    return placeholders;
  }

  /** Refuses a placeholder that is none of the known names. */
  public void check(Collection<String> known) {
    for (var placeholder : placeholders) {
      if (!known.contains(placeholder.name())) {
        throw placeholder.unknown(command, OneLiner.SOURCE, known);
      }
    }
  }

  /**
   * The command with its values; <code>{{name}}</code> becomes {@code {name}}.
   *
   * @throws UserException for a placeholder without a value, or one that stands where this value
   *     cannot be put
   */
  public String render(Function<String, Optional<Value>> values) {
    var out = new StringBuilder();
    render(pieces, values, out);
    return out.toString();
  }

  private void render(
      List<Piece> parts, Function<String, Optional<Value>> values, StringBuilder out) {
    for (var piece : parts) {
      switch (piece) {
        case Text(var text) -> out.append(text);
        case Hole(var placeholder, var place) -> out.append(word(placeholder, place, values));
        case Backquoted(var inner, var inQuotes) -> {
          var rendered = new StringBuilder();
          render(inner, values, rendered);
          out.append('`').append(escaped(rendered, inQuotes ? "\\`\"" : "\\`")).append('`');
        }
        case Body(var inner, var heredoc, var first) -> {
          var body = new StringBuilder();
          render(inner, values, body);
          if (heredoc.isEndedBy(body.toString())) {
            throw error(
                new TemplateError.NoPlaceForValue(
                    first.name(),
                    "with its value the text would end early, at a line `"
                        + heredoc.delimiter()
                        + "`",
                    "choose another word than `" + heredoc.delimiter() + "`"),
                first);
          }
          out.append(body);
        }
      }
    }
  }

  private String word(
      Placeholder placeholder, ShellPlace place, Function<String, Optional<Value>> values) {
    var value =
        values
            .apply(placeholder.name())
            .orElseThrow(() -> placeholder.unknown(command, OneLiner.SOURCE, List.of()));
    if (placeholder.start() >= doubtfulFrom) {
      throw error(
          new TemplateError.NoPlaceForValue(
              placeholder.name(),
              "a `((` before it is not the shell's arithmetic",
              "write `( (` with a space"),
          placeholder);
    }
    try {
      return switch (value) {
        case Value.Known(var text) -> place.known(placeholder.name(), text);
        case Value.Open() -> command.substring(placeholder.start(), placeholder.end());
        case Value.AtRunTime(var variable) -> place.atRunTime(placeholder.name(), variable);
      };
    } catch (UserException unsuitable) {
      throw unsuitable.at(at(placeholder));
    }
  }

  private UserException error(UserError error, Placeholder placeholder) {
    return new UserException(error, at(placeholder));
  }

  private Location at(Placeholder placeholder) {
    return placeholder.location(OneLiner.SOURCE, command);
  }

  /** The text with a backslash before each of these characters. */
  static String escaped(CharSequence text, String characters) {
    var out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        out.append('\\');
      }
      out.append(text.charAt(i));
    }
    return out.toString();
  }
}
