package ferry.cli;

import ferry.cli.terminal.SafeText;
import java.net.URI;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Prints a link that opens the web page and signs in there. */
final class UiCommand implements Command {
  /** Where JupyterHub and Kubeflow say that a notebook is reached. */
  private static final String[] PREFIXES = {"JUPYTERHUB_SERVICE_PREFIX", "NB_PREFIX"};

  @Override
  public CommandSpec spec() {
    return Options.asking(
        "ui",
        "Prints a link that opens the web page: what ran and runs, live. It signs in once, within"
            + " five minutes.");
  }

  @Override
  public int run(Invocation given, Session session) {
    var link = session.client().post("/links", Map.of());
    session.out().println(SafeText.line(link.text("url")));
    for (var name : PREFIXES) {
      var prefix = session.shell().environment().getOrDefault(name, "");
      if (!prefix.isEmpty()) {
        var port = URI.create(link.text("url")).getPort();
        var path = prefix.replaceAll("/+$", "") + "/proxy/" + port + "/" + link.text("path");
        session
            .err()
            .println("behind the notebook's proxy: https://YOUR-HUB" + SafeText.line(path));
        return 0;
      }
    }
    return 0;
  }
}
