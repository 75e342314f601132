package ferry.error;

import java.util.List;
import java.util.Optional;

/** A `{name}` that stands for nothing, or a condition that cannot be read or decided. */
public sealed interface TemplateError extends UserError {

  record UnknownPlaceholder(String name, Optional<String> nearest) implements TemplateError {
    @Override
    public String message() {
      return "`{" + name + "}` has no value";
    }

    @Override
    public List<String> help() {
      int dot = name.lastIndexOf('.');
      var give =
          dot < 0
              ? "give it one with `--param " + name + "=VALUE`, or "
              : "let step `"
                  + name.substring(0, dot)
                  + "` write `"
                  + name.substring(dot + 1)
                  + "=VALUE` to `$FERRY_OUTPUT`, or ";
      var ways = give + "write `{{" + name + "}}` for the text `{" + name + "}` itself";
      return nearest
          .map(near -> List.of("did you mean `{" + near + "}`?", ways))
          .orElse(List.of(ways));
    }
  }

  /** A value of a step that has not run when the value is used. */
  record NotEarlier(String name, String in) implements TemplateError {
    @Override
    public String message() {
      var step = name.substring(0, name.indexOf('.'));
      return step.equals(in)
          ? "step `" + in + "` cannot use `{" + name + "}`, a value of its own"
          : "step `"
              + in
              + "` cannot use `{"
              + name
              + "}`: step `"
              + step
              + "` does not come before";
    }

    @Override
    public List<String> help() {
      var step = name.substring(0, name.indexOf('.'));
      return step.equals(in)
          ? List.of("a value that an earlier step puts out can be used")
          : List.of("let `" + step + "` lead to `" + in + "` with `>>`");
    }
  }

  /** A value that an earlier step should have put out by now. */
  record NoValueYet(String name) implements TemplateError {
    @Override
    public String message() {
      return "`{" + name + "}` has no value: the step did not put it out";
    }

    @Override
    public List<String> help() {
      int dot = name.indexOf('.');
      return List.of(
          "let the step write `" + name.substring(dot + 1) + "=VALUE` to the file `$FERRY_OUTPUT`");
    }
  }

  /** A placeholder at a place of a shell command where no value can be put safely. */
  record NoPlaceForValue(String name, String why, String wayOut) implements TemplateError {
    @Override
    public String message() {
      return "`{" + name + "}` cannot stand here: " + why;
    }

    @Override
    public List<String> help() {
      return List.of(wayOut);
    }
  }

  /** A value in the shell's arithmetic, where any other text would be run as a program. */
  record NotWholeNumber(String name, String found) implements TemplateError {
    @Override
    public String message() {
      return "`{"
          + name
          + "}` stands in the shell's arithmetic: expected a whole number, found `"
          + found
          + "`";
    }

    @Override
    public List<String> help() {
      return List.of("give it a whole number, or calculate with another program");
    }
  }

  record NulInValue(String name) implements TemplateError {
    @Override
    public String message() {
      return "the value of `{" + name + "}` holds a NUL character, which no program can be given";
    }
  }

  /** A condition that is not in the language of conditions. */
  record BadCondition(String message, List<String> help) implements TemplateError {
    public BadCondition {
      help = List.copyOf(help);
    }
  }

  /** An order asked of something that is no number. */
  record NotComparable(String operator, String expression, String found) implements TemplateError {
    @Override
    public String message() {
      var from = expression.equals(found) ? "" : " (from `" + expression + "`)";
      return "`" + operator + "` compares numbers, found `" + found + "`" + from;
    }

    @Override
    public List<String> help() {
      return List.of("texts can be compared with `==` and `!=`");
    }
  }
}
