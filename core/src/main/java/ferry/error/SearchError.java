package ferry.error;

import java.util.List;
import java.util.Optional;

/** A search that cannot be: its space, its method, or a setting of either. */
public sealed interface SearchError extends UserError {

  /** The key or parameter that is wrong, for a reader of files to find its place. */
  default Optional<String> field() {
    return Optional.empty();
  }

  /** A parameter's values make no sense. */
  record BadParameter(String parameter, String found, String expected, List<String> help)
      implements SearchError {
    public BadParameter {
      help = List.copyOf(help);
    }

    @Override
    public String message() {
      return "parameter `" + parameter + "` has " + found + "; expected " + expected;
    }

    @Override
    public Optional<String> field() {
      return Optional.of(parameter);
    }
  }

  record UnknownMethod(String method, Optional<String> nearest, List<String> known)
      implements SearchError {
    public UnknownMethod {
      known = List.copyOf(known);
    }

    @Override
    public String message() {
      return "no search method is named `" + method + "`";
    }

    @Override
    public List<String> help() {
      return List.of(
          nearest
              .map(name -> "did you mean `" + name + "`?")
              .orElse("there are " + String.join(", ", known)));
    }

    @Override
    public Optional<String> field() {
      return Optional.of("method");
    }
  }

  record UnknownSetting(String method, String setting, Optional<String> nearest, List<String> known)
      implements SearchError {
    public UnknownSetting {
      known = List.copyOf(known);
    }

    @Override
    public String message() {
      return "method `" + method + "` has no setting `" + setting + "`";
    }

    @Override
    public List<String> help() {
      return List.of(
          nearest
              .map(name -> "did you mean `" + name + "`?")
              .orElse(known.isEmpty() ? "it has none" : "it has " + String.join(", ", known)));
    }

    @Override
    public Optional<String> field() {
      return Optional.of(setting);
    }
  }

  /** A setting of the search with a value that it cannot have. */
  record BadSetting(String setting, String found, String expected, List<String> help)
      implements SearchError {
    public BadSetting {
      help = List.copyOf(help);
    }

    @Override
    public String message() {
      return "`" + setting + "` is `" + found + "`; expected " + expected;
    }

    @Override
    public Optional<String> field() {
      return Optional.of(setting);
    }
  }

  /** What the method needs, and is not said. */
  record MissingSetting(String method, String setting, String wayOut) implements SearchError {
    @Override
    public String message() {
      return "method `" + method + "` needs `" + setting + "`";
    }

    @Override
    public List<String> help() {
      return List.of(wayOut);
    }

    @Override
    public Optional<String> field() {
      return Optional.of(setting);
    }
  }

  /** The method cannot search this space. */
  record Unsuited(String method, String why, String wayOut) implements SearchError {
    @Override
    public String message() {
      return "method `" + method + "` cannot search this space: " + why;
    }

    @Override
    public List<String> help() {
      return List.of(wayOut);
    }
  }

  /** A parameter whose condition can never hold, or leads nowhere. */
  record BadCondition(String parameter, String why, List<String> help) implements SearchError {
    public BadCondition {
      help = List.copyOf(help);
    }

    @Override
    public String message() {
      return "parameter `" + parameter + "` " + why;
    }

    @Override
    public Optional<String> field() {
      return Optional.of(parameter);
    }
  }

  /** A name that two parameters have, or that holds a value and has others nested in it. */
  record NameTaken(String parameter, String why, List<String> help) implements SearchError {
    public NameTaken {
      help = List.copyOf(help);
    }

    @Override
    public String message() {
      return why;
    }

    @Override
    public Optional<String> field() {
      return Optional.of(parameter);
    }
  }
}
