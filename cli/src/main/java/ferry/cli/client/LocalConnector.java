package ferry.cli.client;

import ferry.cli.terminal.Output;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Finds this home's server by its {@code server.json}; starts it, or a newer one in its place. */
public final class LocalConnector implements Connector {
  private static final int LEAVE_MILLIS = 20_000;
  private static final int LOOK_MILLIS = 10;

  /** A server writes its address again within some seconds; one that ends is gone as soon. */
  private static final int SILENCE_MILLIS = 15_000;

  /** A server that just starts or ends is not worth a word. */
  private static final int TALK_MILLIS = 1_500;

  private final Home home;
  private final Program program;
  private final ServerStart start;
  private final Output talk;

  public LocalConnector(Home home, Program program, Map<String, String> environment, Output talk) {
    this.home = home;
    this.program = program;
    this.start = new ServerStart(home, program, environment, talk);
    this.talk = talk;
  }

  @Override
  public ServerFile connect() {
    var running = running(home).or(this::awaitAddress);
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

  /** Waits for the address of a server that lives and has none; empty where it has ended. */
  private Optional<ServerFile> awaitAddress() {
    var holder = LeaseHolder.alive(home);
    boolean told = false;
    for (int waited = 0; holder.isPresent() && waited < SILENCE_MILLIS; waited += LOOK_MILLIS) {
      var running = running(home);
      if (running.isPresent() || !holder.get().isAlive()) {
        return running;
      }
      if (waited > TALK_MILLIS && !told) {
        talk.println(
            "the server (process "
                + holder.get().pid()
                + ") runs, but its address, server.json, is not there: waiting until it writes it");
        talk.flush();
        told = true;
      }
      ServerStart.pause(LOOK_MILLIS);
    }
    return Optional.empty();
  }

  /** Ends a server whose address is lost by a signal, and waits until it has ended. */
  public static void terminate(LeaseHolder server) {
    server.terminate();
    awaitEnd(server.pid(), server::isAlive);
  }

  /**
   * The server of a home, if one runs.
   *
   * @throws CommandFailed where others could have put an address of their own there
   */
  public static Optional<ServerFile> running(Home home) {
    home.refuseUnsafe();
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
    awaitEnd(server.pid(), server::isAlive);
  }

  private static void awaitEnd(long pid, BooleanSupplier isAlive) {
    long deadline = System.nanoTime() + LEAVE_MILLIS * 1_000_000L;
    while (isAlive.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw Failure.system(
                "the server (process " + pid + ") was asked to end and did not in 20 s",
                "end it with `kill " + pid + "`; the steps it started go on")
            .thrown();
      }
      ServerStart.pause(LOOK_MILLIS);
    }
  }
}
