package ferry.cli;

import ferry.cli.client.CommandFailed;
import ferry.cli.client.Failure;
import ferry.cli.terminal.Output;
import ferry.cli.terminal.OutputClosed;
import ferry.error.UserException;
import ferry.workflow.Names;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The command line's beginning and end: finds the command, runs it, and words what went wrong. */
public final class Main {
  /** As a shell shows a program that a closed pipe ended. */
  private static final int BROKEN_PIPE = 141;

  private static final int BUG = 70;

  private Main() {}

  public static void main(String[] args) {
    int status = BUG;
    try {
      status = run(ProcessShell.arguments(args), ProcessShell.of());
    } finally {
      // Not System.exit: that loads the logging system first. Everything is flushed by now.
      Runtime.getRuntime().halt(status);
    }
  }

  /** Runs one command and flushes what it printed; never throws. */
  static int run(String[] args, Shell shell) {
    int status = guarded(args, shell);
    return flushed(shell.err(), flushed(shell.out(), status));
  }

  private static int flushed(Output output, int status) {
    try {
      output.flush();
      return status;
    } catch (OutputClosed e) {
      return status == 0 ? BROKEN_PIPE : status;
    }
  }

  private static int guarded(String[] args, Shell shell) {
    try {
      return dispatch(args, shell);
    } catch (CommandFailed e) {
      return told(e.failure(), shell);
    } catch (UserException e) {
      return told(Failure.of(e), shell);
    } catch (OutputClosed e) {
      return e.isBrokenPipe()
          ? BROKEN_PIPE
          : told(Failure.system("standard output cannot be written: " + e.getMessage()), shell);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return told(Bug.report(e, shell), shell);
    }
  }

  private static int told(Failure failure, Shell shell) {
    try {
      shell.out().flush();
      int columns =
          shell.err().isTerminal() && failure.location().isPresent() ? shell.size().columns() : 0;
      ErrorText.print(failure, shell.err(), columns);
    } catch (OutputClosed e) {
      return failure.exitCode();
    }
    return failure.exitCode();
  }

  private static int dispatch(String[] args, Shell shell) {
    if (args.length == 0) {
      return new HelpCommand().overview(shell.out());
    }
    var name =
        switch (args[0]) {
          case "-h", "--help" -> "help";
          case "-V", "--version" -> "version";
          default -> args[0];
        };
    var command = Commands.find(name).orElseThrow(() -> unknown(name).thrown());
    var given = Arrays.asList(args).subList(1, args.length);
    int delimiter = given.indexOf("--");
    boolean delimited = delimiter >= 0;
    Optional<List<String>> rest =
        delimited ? Optional.of(given.subList(delimiter + 1, given.size())) : Optional.empty();
    var parsed =
        new Parser(name, command.spec())
            .parse(delimited ? given.subList(0, delimiter) : given, rest);
    if (parsed.has(Options.HELP)) {
      Usage.print(command.spec(), shell.out());
      return 0;
    }
    try (var session = new Session(shell, parsed.parsed().hasMatchedOption(Options.EMBEDDED))) {
      return command.run(parsed, session);
    }
  }

  private static Failure unknown(String name) {
    if (name.startsWith("-")) {
      return Failure.usage(
          "`" + name + "` is no option of `ferry` itself",
          "options follow the command: `ferry run " + name + " …`",
          "`ferry help` lists the commands");
    }
    var all = "`ferry help` lists the commands";
    var message = "there is no command `" + name + "`";
    int space = name.indexOf(' ');
    if (space > 0 && Commands.NAMES.contains(name.substring(0, space))) {
      return Failure.usage(
          message,
          "without the quotes around all of it: `ferry "
              + name.substring(0, space)
              + " \""
              + name.substring(space + 1)
              + "\"`",
          all);
    }
    if (name.contains(" ") || name.contains(">>")) {
      return Failure.usage(message, "to run it as a workflow: `ferry run \"" + name + "\"`", all);
    }
    return Names.nearest(name, Commands.NAMES)
        .map(near -> Failure.usage(message, "did you mean `ferry " + near + "`?", all))
        .orElseGet(() -> Failure.usage(message, all));
  }
}
