package ferry.cli.client;

import ferry.cli.terminal.Output;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Finds this home's server by its {@code server.json}; starts it, or a newer one in its place. */
public final class LocalConnector implements Connector {
  private static final int LEAVE_MILLIS = 20_000;
  private static final int LOOK_MILLIS = 10;

  private final Home home;
  private final Program program;
  private final ServerStart start;
  private final Output talk;

  public LocalConnector(Home home, Program program, Map<String, String> environment, Output talk) {
    this.home = home;
    this.program = program;
    this.start = new ServerStart(home, program, environment);
    this.talk = talk;
  }

  @Override
  public ServerFile connect() {
    var running = running(home);
    if (running.isEmpty()) {
      return start.start();
    }
    var server = running.get();
    if (server.build().equals(program.build())) {
      return server;
    }
    talk.println("the server is of another build: starting this one in its place; its steps go on");
    talk.flush();
    askToLeave(server);
    return start.start();
  }

  /** The server of a home, if one runs. */
  public static Optional<ServerFile> running(Home home) {
    return ServerFile.read(home.directory()).filter(ServerFile::isAlive);
  }

  /** Asks a server to end and waits until it has; the steps it started go on. */
  public static void askToLeave(ServerFile server) {
    var request = new HttpRequest("POST", "/api/v1/server/stop", "", LEAVE_MILLIS);
    try (var answer = request.send(server)) {
      if (answer.status() >= 400) {
        throw Failure.of(answer.status(), Json.parseOrNothing(answer.body().readNBytes(100_000)))
            .thrown();
      }
    } catch (IOException e) {
      if (!server.isAlive()) {
        return;
      }
    }
    awaitEnd(server);
  }

  private static void awaitEnd(ServerFile server) {
    long deadline = System.nanoTime() + LEAVE_MILLIS * 1_000_000L;
    while (server.isAlive()) {
      if (System.nanoTime() > deadline) {
        throw Failure.system(
                "the server (process " + server.pid() + ") was asked to end and did not in 20 s",
                "end it with `kill " + server.pid() + "`; the steps it started go on")
            .thrown();
      }
      ServerStart.pause(LOOK_MILLIS);
    }
  }
}
