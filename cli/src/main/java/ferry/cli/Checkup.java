package ferry.cli;

import ferry.backend.Place;
import ferry.cli.client.Client;
import ferry.cli.client.CommandFailed;
import ferry.cli.client.LocalConnector;
import ferry.cli.client.Program;
import ferry.cli.client.ServerFile;
import ferry.cli.config.Config;
import ferry.cli.terminal.Words;
import ferry.error.DiskRoom;
import ferry.error.DiskTrouble;
import ferry.kubernetes.checkup.ClusterCheckup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code doctor} looks at. */
final class Checkup {
  private static final long LITTLE_SPACE = 1L << 30;

  /** What the older cgroups say where nothing is limited is some number near the largest. */
  private static final long NO_LIMIT = 1L << 60;

  /** How well it is with something. */
  enum Grade {
    GOOD,
    /** Ferry works without it. */
    LACKING,
    BROKEN
  }

  /** What was found about a subject, and what to do; the way out is empty where all is well. */
  record Finding(Grade grade, String subject, String words, String wayOut) {}

  private final Shell shell;
  private final List<Finding> findings = new ArrayList<>();

  /** What is configured; nothing where that cannot be read. */
  private Map<String, String> config = Map.of();

  Checkup(Shell shell) {
    this.shell = shell;
  }

  List<Finding> findings() {
    good("java", Runtime.version() + " in " + System.getProperty("java.home"));
    boolean isGood = home();
    settings();
    if (isGood) {
      server();
    }
    shells();
    python();
    machine();
    gpus();
    cluster();
    return List.copyOf(findings);
  }

  private void good(String subject, String words) {
    findings.add(new Finding(Grade.GOOD, subject, words, ""));
  }

  private void add(Grade grade, String subject, String words, String wayOut) {
    findings.add(new Finding(grade, subject, words, wayOut));
  }

  /** Whether its files can be trusted. */
  private boolean home() {
    var home = shell.home();
    try {
      home.make();
      var probe = Files.createTempFile(home.directory(), "doctor", "");
      Files.delete(probe);
      var room = DiskRoom.of(home.directory());
      var type = Files.getFileStore(home.directory()).type();
      var free = room.free().isPresent() ? Words.bytes(room.free().getAsLong()) + " free" : "";
      var words = home.directory() + " (" + type + "), " + free;
      if (room.isBelow(LITTLE_SPACE)) {
        add(
            Grade.BROKEN,
            "home",
            words,
            "make room there, or name another directory: `export FERRY_HOME=/path`");
      } else {
        good("home", words);
      }
      return true;
    } catch (CommandFailed e) {
      broken("home", e);
    } catch (IOException e) {
      add(
          Grade.BROKEN,
          "home",
          home.directory() + " cannot be written: " + DiskTrouble.reason(e),
          "name another directory: `export FERRY_HOME=/path`");
    }
    return false;
  }

  private void broken(String subject, CommandFailed e) {
    add(Grade.BROKEN, subject, e.failure().message(), String.join("; ", e.failure().help()));
  }

  private void settings() {
    try {
      config = Config.read(shell.home()).values();
    } catch (CommandFailed e) {
      broken("config", e);
    }
  }

  private void server() {
    try {
      LocalConnector.running(shell.home()).ifPresentOrElse(this::server, this::noServer);
    } catch (CommandFailed e) {
      broken("server", e);
    }
  }

  /** Where there are runs, only a start tells whether they can be read. */
  private void noServer() {
    if (Files.exists(shell.home().directory().resolve("ferry.db"))) {
      var connector =
          new LocalConnector(shell.home(), shell.program(), shell.environment(), shell.err());
      server(connector.connect());
    } else {
      good("server", "none runs; the next command that needs one starts it");
    }
  }

  private void server(ServerFile server) {
    try {
      new Client(() -> server).get("/server");
      boolean same = server.build().equals(shell.program().build());
      good(
          "server",
          "process "
              + server.pid()
              + " answers on port "
              + server.port()
              + (same ? "" : "; it is of another build, and the next command replaces it"));
    } catch (CommandFailed e) {
      add(
          Grade.BROKEN,
          "server",
          "process " + server.pid() + ": " + e.failure().message(),
          wayOut(e, server.pid()));
    }
  }

  /** What the failure itself knows, unless that is to ask here. */
  private String wayOut(CommandFailed e, long pid) {
    return e.failure().help().stream()
        .filter(words -> !words.contains("ferry doctor"))
        .findFirst()
        .orElse(
            "`ferry server stop`, or `kill "
                + pid
                + "`; its steps go on. Its log is "
                + shell.home().log());
  }

  private void shells() {
    Program.find("bash", shell.environment())
        .ifPresentOrElse(
            path -> good("bash", path),
            () ->
                add(
                    Grade.LACKING,
                    "bash",
                    "not on the PATH; commands run in `sh`",
                    "Debian, Ubuntu: apt install bash"));
  }

  private void python() {
    Program.find("python3", shell.environment())
        .or(() -> Program.find("python", shell.environment()))
        .ifPresentOrElse(
            path -> good("python", path),
            () ->
                add(
                    Grade.LACKING,
                    "python",
                    "not on the PATH; `requirements` cannot be met",
                    "Debian, Ubuntu: apt install python3 python3-venv"));
    Program.find("uv", shell.environment())
        .ifPresentOrElse(
            path -> good("uv", path),
            () ->
                add(
                    Grade.LACKING,
                    "uv",
                    "not on the PATH; Python environments are made with venv and pip, which takes"
                        + " longer",
                    "pip install uv"));
  }

  private void machine() {
    int cpus = Runtime.getRuntime().availableProcessors();
    var newer = firstLine("/sys/fs/cgroup/memory.max");
    var memory = newer.isEmpty() ? firstLine("/sys/fs/cgroup/memory/memory.limit_in_bytes") : newer;
    var limit =
        memory.isEmpty() || memory.equals("max")
            ? "no memory limit of its cgroup"
            : memoryWords(memory);
    good("machine", Words.count(cpus, "cpu") + ", " + limit);
    if (!Files.exists(Path.of("/proc/self/stat"))) {
      add(
          Grade.LACKING,
          "proc",
          "there is no /proc: peak memory and lost processes are known less well",
          "Linux has it");
    }
  }

  private static String memoryWords(String bytes) {
    try {
      long limit = Long.parseLong(bytes);
      return limit >= NO_LIMIT
          ? "no memory limit of its cgroup"
          : "memory limit " + Words.bytes(limit);
    } catch (NumberFormatException e) {
      return "memory limit " + bytes;
    }
  }

  private void gpus() {
    Program.find("nvidia-smi", shell.environment())
        .ifPresentOrElse(
            path -> good("gpu", "nvidia-smi is " + path),
            () ->
                add(
                    Grade.LACKING,
                    "gpu",
                    "no nvidia-smi on the PATH; steps that ask for `gpu` cannot run here",
                    "it comes with NVIDIA's driver"));
  }

  /** The client library is slow to load, so only where there is a sign of a cluster. */
  private void cluster() {
    var place = place(shell);
    if (ClusterCheckup.applies(place, config)) {
      for (var each : ClusterCheckup.findings(place, config)) {
        var grade =
            switch (each.grade()) {
              case GOOD -> Grade.GOOD;
              case LACKING -> Grade.LACKING;
              case BROKEN -> Grade.BROKEN;
            };
        add(grade, each.subject(), each.words(), each.wayOut());
      }
    }
  }

  /** Where a run would be typed. */
  static Place place(Shell shell) {
    return new Place(shell.directory().toString(), shell.environment(), "", "");
  }

  private static String firstLine(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
