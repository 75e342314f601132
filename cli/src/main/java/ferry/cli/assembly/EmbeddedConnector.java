package ferry.cli.assembly;

import ferry.cli.client.CommandFailed;
import ferry.cli.client.Connector;
import ferry.cli.client.Failure;
import ferry.cli.client.Home;
import ferry.cli.client.LocalConnector;
import ferry.cli.client.ServerFile;
import ferry.error.UserException;
import org.jspecify.annotations.Nullable;

/** Runs the server inside this process; speaks to the one that already runs, if one does. */
public final class EmbeddedConnector implements Connector, AutoCloseable {
  private final Home home;
  private @Nullable RunningServer server;

  public EmbeddedConnector(Home home) {
    this.home = home;
  }

  @Override
  public ServerFile connect() {
    var running = LocalConnector.running(home);
    if (running.isPresent()) {
      return running.get();
    }
    home.make();
    try {
      server = Wiring.start(home.directory(), ServerWish.INSIDE);
    } catch (UserException e) {
      throw Failure.of(e).thrown();
    }
    return LocalConnector.running(home).orElseThrow(this::silent);
  }

  private CommandFailed silent() {
    return Failure.system(
            "the server inside this command did not write `server.json` in " + home.directory())
        .thrown();
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
