package ferry.error;

import java.util.List;
import java.util.Optional;

/** A workflow that cannot be: names that are not there, cycles, duplicates, values out of range. */
public sealed interface DefinitionError extends UserError {

  /**
   * Where in the definition: the step's name, and the key in it; a reader of files finds line and
   * column by them.
   */
  default Optional<String> step() {
    return Optional.empty();
  }

  default Optional<String> field() {
    return Optional.empty();
  }

  record NoSteps() implements DefinitionError {
    @Override
    public String message() {
      return "the workflow has no steps";
    }
  }

  record UnknownStep(String in, String key, String needs, Optional<String> nearest)
      implements DefinitionError {
    @Override
    public String message() {
      return "step `" + in + "` needs `" + needs + "`, but no step is named `" + needs + "`";
    }

    @Override
    public List<String> help() {
      return nearest.map(name -> List.of("did you mean `" + name + "`?")).orElse(List.of());
    }

    @Override
    public Optional<String> step() {
      return Optional.of(in);
    }

    @Override
    public Optional<String> field() {
      return Optional.of(key);
    }
  }

  /**
   * A cycle as a path whose first and last names are the same.
   *
   * @param links what makes each step wait for the one before it, as it stands in the file; empty
   *     where nobody knows
   */
  record Cycle(List<String> path, List<String> links) implements DefinitionError {
    private static final int MOST = 5;

    public Cycle {
      path = List.copyOf(path);
      links = List.copyOf(links);
    }

    @Override
    public String message() {
      return "steps wait for each other in a circle: " + String.join(" → ", path);
    }

    @Override
    public List<String> help() {
      if (links.isEmpty()) {
        return List.of("let one of these steps wait for nothing in the circle");
      }
      var shown = String.join(", ", links.subList(0, Math.min(MOST, links.size())));
      return List.of(
          links.size() == 1
              ? "take " + shown + " away"
              : "take one of these away: " + shown + (links.size() > MOST ? ", …" : ""));
    }

    @Override
    public Optional<String> step() {
      return Optional.of(path.getFirst());
    }

    @Override
    public Optional<String> field() {
      return Optional.of("after");
    }
  }

  /** A step of {@code finally} after an ordinary one, or the other way round. */
  record AcrossFinally(String in, String needs, boolean inFinally) implements DefinitionError {
    @Override
    public String message() {
      return inFinally
          ? "step `"
              + in
              + "` of `finally` comes after `"
              + needs
              + "`, which is no step of `finally`"
          : "step `" + in + "` comes after `" + needs + "`, which is a step of `finally`";
    }

    @Override
    public List<String> help() {
      return List.of(
          "the steps of `finally` start when all others have ended; `after` orders them among"
              + " themselves");
    }

    @Override
    public Optional<String> step() {
      return Optional.of(in);
    }

    @Override
    public Optional<String> field() {
      return Optional.of("after");
    }
  }

  record DuplicateStep(String name) implements DefinitionError {
    @Override
    public String message() {
      return "two steps are named `" + name + "`";
    }

    @Override
    public List<String> help() {
      return List.of("give one of them another name");
    }

    @Override
    public Optional<String> step() {
      return Optional.of(name);
    }
  }

  /** Two parameters that steps would find in one environment variable. */
  record SameVariable(String first, String second, String variable) implements DefinitionError {
    @Override
    public String message() {
      return "the parameters `"
          + first
          + "` and `"
          + second
          + "` would both be $"
          + variable
          + " to the steps";
    }

    @Override
    public List<String> help() {
      return List.of("give one of them another name");
    }
  }

  /** A name that cannot be used, with what a name may be. */
  record BadName(String what, String name, String expected) implements DefinitionError {
    @Override
    public String message() {
      return what + " `" + name + "` is not a name that can be used: expected " + expected;
    }
  }

  /** Any other value that does not fit its key: found and expected, both in words. */
  record BadValue(
      Optional<String> step,
      Optional<String> field,
      String found,
      String expected,
      List<String> help)
      implements DefinitionError {
    public BadValue {
      help = List.copyOf(help);
    }

    public BadValue(String field, String found, String expected) {
      this(Optional.empty(), Optional.of(field), found, expected, List.of());
    }

    @Override
    public String message() {
      return field.map(key -> "`" + key + "` ").orElse("")
          + "is `"
          + found
          + "`; expected "
          + expected;
    }
  }
}
