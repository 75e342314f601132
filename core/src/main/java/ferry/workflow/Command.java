package ferry.workflow;

import java.util.List;

/** What a step executes. */
public sealed interface Command {

  /** A text for {@code bash -c} (or {@code sh -c}); may hold placeholders like {@code {lr}}. */
  record Shell(String script) implements Command {
    public Shell {
      if (script.isBlank()) {
        throw new IllegalArgumentException("a command needs a text");
      }
    }
  }

  /**
   * A program and its arguments, exactly these, without a shell; a placeholder is replaced only
   * where it has a value.
   */
  record Exec(List<String> argv) implements Command {
    public Exec {
      argv = List.copyOf(argv);
      if (argv.isEmpty() || argv.getFirst().isEmpty()) {
        throw new IllegalArgumentException("a command needs a program");
      }
    }
  }
}
