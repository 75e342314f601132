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
      var give =
          "give it one with `--param "
              + name
              + "=VALUE`, or write `{{"
              + name
              + "}}` for the text itself";
      return nearest
          .map(near -> List.of("did you mean `{" + near + "}`?", give))
          .orElse(List.of(give));
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
}
