package ferry.cli;

import ferry.cli.assembly.Preload;
import ferry.cli.assembly.ServerLog;
import ferry.cli.assembly.ServerWish;
import ferry.cli.assembly.Wiring;
import ferry.cli.client.Failure;
import ferry.cli.client.Json;
import ferry.cli.client.LeaseHolder;
import ferry.cli.client.LocalConnector;
import ferry.cli.terminal.IsoTime;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.Words;
import picocli.CommandLine.Model.CommandSpec;

/** Runs the server in the foreground; stops the one that runs, or says how it is. */
final class ServerCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.command(
            "server",
            "Runs the server here until Ctrl-C; or stops the one that runs, says how it is, or"
                + " backs up and restores what it keeps.")
        .addPositional(
            Options.words(
                "[stop|status|backup FILE|restore FILE]",
                "Stop the server (the steps it started go on), say how it is, write all of it to a"
                    + " file, or make an empty home of such a file."))
        .addOption(Options.output("the status as json"))
        .addOption(
            Options.value(
                "ADDRESS",
                "Keep everything in PostgreSQL: postgresql://user@host/database; the password is in"
                    + " PGPASSWORD or ~/.pgpass.",
                "--database"))
        .addOption(Options.value("FORMAT", "Write the log as text or json.", "--log-format"))
        .addOption(
            picocli.CommandLine.Model.OptionSpec.builder("--background")
                .type(boolean.class)
                .arity("0")
                .hidden(true)
                .build());
  }

  @Override
  public int run(Invocation given, Session session) {
    var verb = given.word(0, 2).orElse("run");
    if (verb.equals("backup") || verb.equals("restore")) {
      return keep(verb, given, session);
    }
    given.words(1);
    return switch (verb) {
      case "run" -> serve(wish(given), session);
      case "stop" -> stop(session);
      case "status" -> status(given.format("json").isPresent(), session);
      default ->
          throw Failure.usage(
                  "`"
                      + verb
                      + "` cannot be done to the server; expected stop, status, backup FILE or"
                      + " restore FILE")
              .thrown();
    };
  }

  private static int keep(String verb, Invocation given, Session session) {
    var name =
        given
            .word(1, 2)
            .orElseThrow(() -> Failure.usage("`ferry server " + verb + "` needs a file").thrown());
    var file = session.shell().directory().resolve(name);
    return verb.equals("backup")
        ? new BackupFile(session, file).write()
        : new Restoring(session.shell().home(), file).run(given.value("--database"), session);
  }

  private static ServerWish wish(Invocation given) {
    var format = given.value("--log-format").orElse("text");
    if (!format.equals("text") && !format.equals("json")) {
      throw Failure.usage("`--log-format` is `" + format + "`; expected text or json").thrown();
    }
    return new ServerWish(
        given.has("--background"), given.value("--database"), format.equals("json"));
  }

  private static int serve(ServerWish wish, Session session) {
    var home = session.shell().home();
    home.make();
    ServerLog.begin(home.directory(), wish);
    Preload.begin();
    try (var server = Wiring.start(home.directory(), wish)) {
      LocalConnector.running(home)
          .ifPresent(file ->
              session
                  .err()
                  .println(
                      "the server of "
                          + home.directory()
                          + " listens on http://"
                          + file.host()
                          + ":"
                          + file.port())
                  .flush());
      server.awaitEnd();
    }
    return 0;
  }

  private static int stop(Session session) {
    var running = LocalConnector.running(session.shell().home());
    var holder = LeaseHolder.alive(session.shell().home());
    if (running.isEmpty() && holder.isPresent()) {
      LocalConnector.terminate(holder.get());
    } else if (running.isEmpty()) {
      session.err().println("no server runs for " + session.shell().home().directory());
      return 0;
    } else {
      LocalConnector.askToLeave(running.get());
    }
    session
        .err()
        .println(
            "the server has ended; steps that it started go on, and the next command takes them"
                + " up");
    return 0;
  }

  private static int status(boolean json, Session session) {
    var home = session.shell().home();
    var running = LocalConnector.running(home);
    if (running.isEmpty()) {
      throw new Failure(
              "",
              "no server runs for " + home.directory(),
              java.util.List.of("the next command that needs one starts it"),
              Failure.NOT_FOUND,
              java.util.Optional.empty())
          .thrown();
    }
    var status = new ferry.cli.client.Client(running::get).get("/server");
    if (json) {
      session.printJson(status);
    } else {
      print(status, session);
    }
    return 0;
  }

  private static void print(Json status, Session session) {
    var out = session.out();
    var started = IsoTime.millis(status.text("started"));
    out.println(
        "server     "
            + SafeText.line(status.text("version"))
            + ", build "
            + SafeText.line(status.text("build")));
    out.println(
        "address    "
            + SafeText.line(status.text("url"))
            + ", process "
            + SafeText.line(status.text("pid")));
    out.println("home       " + SafeText.line(status.text("home")));
    if (started.isPresent()) {
      out.println("started    " + Words.relative(started.getAsLong(), session.shell().now()));
    }
    status
        .number("memoryBytes")
        .ifPresent(bytes -> out.println("memory     " + Words.bytes(bytes)));
    var capacity = status.get("capacity");
    var memory = capacity.number("memoryBytes");
    out.println(
        "machine    "
            + SafeText.line(capacity.text("cpu"))
            + " cpus, "
            + (memory.isPresent() ? Words.bytes(memory.getAsLong()) : "unknown")
            + " of memory, "
            + capacity.number("gpus").orElse(0)
            + " gpus");
    out.println(
        "steps      "
            + status.number("running").orElse(0)
            + " running, "
            + status.number("waiting").orElse(0)
            + " waiting");
  }
}
