package ferry.cli.client;

import ferry.cli.terminal.Output;
import ferry.error.DiskTrouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts the server in the background and waits until it answers. However many start it, one does.
 */
final class ServerStart {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final Set<String> KEPT = Set.of("FERRY_JAVA_HOME", "FERRY_DATABASE");
  private static final int LOOK_MILLIS = 5;

  /** A start that takes longer is worth a word. */
  private static final long TALK_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Home home;
  private final Program program;
  private final Map<String, String> environment;
  private final Output talk;

  ServerStart(Home home, Program program, Map<String, String> environment, Output talk) {
    this.home = home;
    this.program = program;
    this.environment = environment;
    this.talk = talk;
  }

  ServerFile start() {
    home.make();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    try (var channel = openLock()) {
      lock(channel, deadline);
      var other = LocalConnector.running(home);
      return other.isPresent() ? other.get() : startAlone(deadline);
    } catch (IOException e) {
      throw cannotStart(DiskTrouble.reason(e));
    }
  }

  private FileChannel openLock() {
    try {
      return FileChannel.open(
          home.startLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw home.unwritable(e);
    }
  }

  /**
   * Waits its turn; goes on without where the file system has no locks, for the lease decides then.
   */
  private static void lock(FileChannel channel, long deadline) {
    try {
      @Nullable FileLock lock = channel.tryLock();
      while (lock == null && System.nanoTime() < deadline) {
        pause(LOOK_MILLIS);
        lock = channel.tryLock();
      }
    } catch (IOException e) {
      return;
    }
  }

  private ServerFile startAlone(long deadline) throws IOException {
    long logged = logSize();
    var process = process();
    long talkAt = System.nanoTime() + TALK_NANOS;
    String told = "";
    while (System.nanoTime() < deadline) {
      if (System.nanoTime() > talkAt) {
        told = tell(logged, told);
        talkAt += TALK_NANOS;
      }
      var server = LocalConnector.running(home);
      if (server.isPresent()) {
        return server.get();
      }
      if (!process.isAlive()) {
        return LocalConnector.running(home)
            .orElseThrow(() -> LastWords.of(home.log(), logged).thrown());
      }
      pause(LOOK_MILLIS);
    }
    throw cannotStart(
        "it did not answer in " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS) + " s");
  }

  /** Says what takes so long, as far as the server has said it, unless that was told before. */
  private String tell(long logged, String told) {
    var words = LastWords.notice(home.log(), logged);
    if (!words.equals(told)) {
      talk.println("the server is starting: " + words);
      talk.flush();
    }
    return words;
  }

  private ServerProcess process() throws IOException {
    makePrivate(home.log());
    var variables = new HashMap<>(environment);
    // Started from within a step it would pass for a process of that step, and end with it.
    variables.keySet().removeIf(name -> name.startsWith("FERRY_") && !KEPT.contains(name));
    variables.put("FERRY_HOME", home.directory().toString());
    if (!"UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
      variables.put("LC_ALL", "C.UTF-8");
    }
    return ServerProcess.start(
        program.serverCommand(environment), home.directory(), variables, home.log());
  }

  private static void makePrivate(Path log) throws IOException {
    var permissions = PosixFilePermissions.fromString("rw-------");
    if (Files.notExists(log)) {
      Files.createFile(log, PosixFilePermissions.asFileAttribute(permissions));
    }
    Files.setPosixFilePermissions(log, permissions);
  }

  private long logSize() {
    try {
      return Files.size(home.log());
    } catch (IOException e) {
      return 0;
    }
  }

  private CommandFailed cannotStart(String why) {
    return new Failure(
            "",
            "the server could not be started: " + why,
            java.util.List.of("its log is " + home.log(), "`ferry doctor` looks for the cause"),
            Failure.UNREACHABLE,
            Optional.empty())
        .thrown();
  }

  static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.system("interrupted while waiting for the server").thrown();
    }
  }
}
