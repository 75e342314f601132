package ferry.cli;

import picocli.CommandLine.Model.CommandSpec;

/** One command: its words and options, and what it does. */
interface Command {

  CommandSpec spec();

  /**
   * Does it.
   *
   * @return the exit status
   * @throws ferry.cli.client.CommandFailed where it cannot be done, in words
   */
  int run(Invocation given, Session session);
}
