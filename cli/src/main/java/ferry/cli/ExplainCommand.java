package ferry.cli;

import ferry.cli.client.CommandFailed;
import ferry.cli.client.Failure;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Says in plain sentences what a workflow, or the search that a file describes, would do. */
final class ExplainCommand implements Command {
  /** How the server calls a file that is no workflow but something else that it knows. */
  private static final String UNREAD = "unread-kind";

  @Override
  public CommandSpec spec() {
    return Submission.describe(
        Options.asking("explain", "Says in plain sentences what would run; starts nothing."));
  }

  @Override
  public int run(Invocation given, Session session) {
    var submission = new Submission(given, session);
    try {
      Plans.print(submission.plan(), "words", session);
    } catch (CommandFailed failed) {
      boolean isFile = given.value("--file").filter(file -> !file.equals("-")).isPresent();
      if (!isFile || failed.failure().exitCode() != Failure.USAGE) {
        throw failed;
      }
      explainSearch(submission, session, failed);
    }
    return 0;
  }

  /** A file that says how to search need not say what a single run of it would take. */
  private static void explainSearch(
      Submission submission, Session session, CommandFailed noWorkflow) {
    try {
      var search = Map.<String, Object>of("settings", Map.of(), "ofMethod", Map.of());
      var answer = submission.search(search, true);
      session.printWarnings(answer);
      SearchCommand.words(answer, session);
    } catch (CommandFailed noSearch) {
      boolean isOfSearch =
          noWorkflow.failure().code().equals(UNREAD) && !noSearch.failure().code().equals(UNREAD);
      throw isOfSearch ? noSearch : noWorkflow;
    }
  }
}
