package ferry.error;

import java.util.List;
import java.util.Optional;

/** Something that a step put out and that cannot be taken over. */
public sealed interface OutputError extends UserError {

  /** More bytes than a step may put out in all. */
  record TooMuch(long bytes, int limit) implements OutputError {
    @Override
    public String message() {
      return "the step put out " + bytes + " bytes of values, and at most " + limit + " are taken";
    }

    @Override
    public List<String> help() {
      return List.of("write large results to a file and put out its name");
    }
  }

  /** A line that is no {@code name=value}. */
  record BadLine(String line, String why) implements OutputError {
    @Override
    public String message() {
      return "the step put out `" + line + "`: " + why;
    }

    @Override
    public List<String> help() {
      return List.of("write lines like `echo \"accuracy=0.97\" >> \"$FERRY_OUTPUT\"`");
    }
  }

  /** The value of a secret; {@code name} is what it was to be the value of. */
  record HoldsSecret(Optional<String> name, String secret) implements OutputError {
    @Override
    public String message() {
      return name.map(it -> "`" + it + "` in $FERRY_OUTPUT").orElse("what it put out")
          + " holds the value of the secret `"
          + secret
          + "`";
    }

    @Override
    public List<String> help() {
      return List.of(
          "it was not kept, for values are stored and shown: put out a name or a path, and let the"
              + " step that needs the secret take it itself, under `secrets`");
    }
  }

  /** A text that should be a JSON list of texts, numbers and booleans. */
  record NotAList(String found, String expected, List<String> help) implements OutputError {
    public NotAList {
      help = List.copyOf(help);
    }

    @Override
    public String message() {
      return "expected " + expected + ", found " + found;
    }
  }
}
