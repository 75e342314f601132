package ferry.cli;

import ferry.cli.client.Program;
import picocli.CommandLine.Model.CommandSpec;

/** Says which Ferry this is. */
final class VersionCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.command("version", "Says which Ferry this is.");
  }

  @Override
  public int run(Invocation given, Session session) {
    given.words(0);
    session
        .out()
        .println(
            "ferry "
                + Program.version()
                + " (build "
                + session.shell().program().build()
                + ", Java "
                + Runtime.version()
                + ")");
    return 0;
  }
}
