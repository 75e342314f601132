package ferry.cli;

import ferry.cli.config.Config;
import ferry.cli.terminal.Colour;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.Width;
import ferry.kubernetes.checkup.ClusterCheckup;
import picocli.CommandLine.Model.CommandSpec;

/** Looks at what Ferry needs here: what is there, what is missing, how to get it. */
final class DoctorCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.command(
            "doctor", "Says what Ferry needs and finds here, what is missing, and how to get it.")
        .addOption(
            Options.flag(
                "Print the Role that the account here needs in the cluster, for `kubectl apply`.",
                "--rbac"));
  }

  @Override
  public int run(Invocation given, Session session) {
    given.words(0);
    if (given.has("--rbac")) {
      var shell = session.shell();
      var config = Config.read(shell.home()).values();
      session.out().print(ClusterCheckup.roleYaml(Checkup.place(shell), config));
      return 0;
    }
    int status = 0;
    for (var finding : new Checkup(session.shell()).findings()) {
      var out = session.out();
      var mark =
          switch (finding.grade()) {
            case GOOD -> out.paint(Colour.GREEN, "ok     ");
            case LACKING -> out.paint(Colour.YELLOW, "missing");
            case BROKEN -> out.paint(Colour.RED, "broken ");
          };
      out.println(
          mark + "  " + Width.pad(finding.subject(), 8) + "  " + SafeText.line(finding.words()));
      if (!finding.wayOut().isEmpty()) {
        out.println(" ".repeat(19) + SafeText.line(finding.wayOut()));
      }
      status = finding.grade() == Checkup.Grade.BROKEN ? 4 : status;
    }
    return status;
  }
}
