package ferry.cli;

import picocli.CommandLine.Model.CommandSpec;

/** Says in plain sentences what a workflow would do. */
final class ExplainCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Submission.describe(
        Options.asking("explain", "Says in plain sentences what would run; starts nothing."));
  }

  @Override
  public int run(Invocation given, Session session) {
    Plans.print(new Submission(given, session).plan(), "words", session);
    return 0;
  }
}
