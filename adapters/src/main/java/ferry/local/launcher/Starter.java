package ferry.local.launcher;

import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts attempts: claims the directory exclusively, opens the log, spawns, completes the claim.
 */
final class Starter {
  private static final int LONGEST_PATH = 4000;

  private final Posix posix;
  private final ProcessTable table;
  private final Spawner spawner;
  private final CommandSearch search;
  private final String opening;
  private final NativeBlock text = new NativeBlock(16 * 1024);
  private final NativeBlock pipeBlock = new NativeBlock(64 * 1024);
  private final int noInput;

  /** What became of a request. */
  enum Outcome {
    STARTED,
    /** Somebody has claimed it before, or the claim cannot be made; nothing was started. */
    REFUSED,
    /** It was claimed, but its command could not be started. */
    CANNOT_START
  }

  private Outcome outcome = Outcome.REFUSED;
  private String words = "";
  private Attempt.@Nullable FirstProcess process;
  private @Nullable MaskedLog masked;

  /**
   * A starter.
   *
   * @param opening the first lines of every claim
   */
  Starter(Posix posix, ProcessTable table, String opening) {
    this.posix = posix;
    this.table = table;
    this.opening = opening;
    this.spawner = new Spawner(posix.libc);
    this.search = new CommandSearch(posix);
    this.noInput = posix.open("/dev/null", "", Posix.O_RDONLY, 0);
  }

  /** Why it was refused or cannot start, in words. */
  String words() {
    return words;
  }

  /** The process, after {@link Outcome#STARTED}. */
  Attempt.FirstProcess process() {
    return java.util.Objects.requireNonNull(process);
  }

  /**
   * The pipe between the process and its log, if it knows secrets, after {@link Outcome#STARTED}.
   */
  @Nullable MaskedLog masked() {
    return masked;
  }

  Outcome start(LaunchRequest request, @Nullable Environment environment) {
    process = null;
    masked = null;
    words = "";
    outcome = Outcome.CANNOT_START;
    int claim = claim(request.directory());
    if (claim < 0) {
      return Outcome.REFUSED;
    }
    if (environment == null) {
      words = "cannot start: its environment was never sent";
    } else if (write(claim, opening)) {
      openLogAndSpawn(request, environment, claim);
    }
    posix.close(claim);
    return outcome;
  }

  private int claim(String directory) {
    if (directory.length() > LONGEST_PATH) {
      words = "the path of its directory is longer than " + LONGEST_PATH + " characters";
      return -1;
    }
    int flags = Posix.O_WRONLY | Posix.O_CREAT | Posix.O_EXCL | Posix.O_APPEND;
    int made = makeDirectory(directory);
    int claim = made < 0 ? made : posix.open(directory, "/claim", flags, 0600);
    if (claim == -Posix.EEXIST) {
      words = Wire.ALREADY_CLAIMED;
    } else if (claim < 0) {
      words = "cannot make " + directory + "/claim: " + posix.words(claim);
    }
    return claim;
  }

  private int makeDirectory(String directory) {
    int made = posix.mkdir(directory, 0700);
    if (made == -Posix.ENOENT) {
      int slash = directory.lastIndexOf('/');
      made = slash <= 0 ? made : makeDirectory(directory.substring(0, slash));
      made = made < 0 ? made : posix.mkdir(directory, 0700);
    }
    return made == -Posix.EEXIST ? 0 : made;
  }

  private boolean write(int claim, String lines) {
    text.zeroTerminated(lines);
    int written = posix.writeFully(claim, text.address, text.bytes.position() - 1);
    if (written < 0) {
      words = "cannot start: its claim cannot be written: " + posix.words(written);
    }
    return written >= 0;
  }

  private void openLogAndSpawn(LaunchRequest request, Environment environment, int claim) {
    int flags = Posix.O_WRONLY | Posix.O_CREAT | Posix.O_APPEND;
    int log = posix.open(request.directory(), "/log", flags, 0600);
    if (log < 0) {
      words = "cannot start: its log cannot be made: " + posix.words(log);
      return;
    }
    List<String> secrets = request.secrets();
    if (secrets.isEmpty()) {
      spawn(request, environment, log, claim);
      posix.close(log);
    } else {
      spawnMasked(request, environment, log, claim, secrets);
    }
  }

  private void spawnMasked(
      LaunchRequest request, Environment environment, int log, int claim, List<String> secrets) {
    int piped = posix.pipe();
    if (piped < 0) {
      words = "cannot start: no pipe for its log: " + posix.words(piped);
      posix.close(log);
      return;
    }
    int source = posix.pipeOut();
    int sink = posix.pipeIn();
    posix.doNotBlock(source);
    MaskedLog maskedLog = new MaskedLog(posix, pipeBlock, source, log, secrets);
    spawn(request, environment, sink, claim);
    posix.close(sink);
    if (outcome == Outcome.STARTED) {
      masked = maskedLog;
    } else {
      maskedLog.finish();
    }
  }

  private void spawn(LaunchRequest request, Environment environment, int output, int claim) {
    if (request.workingDirectory().length() > LONGEST_PATH
        || request.arguments().texts()[0].length() > LONGEST_PATH) {
      words = "cannot start: a path is longer than " + LONGEST_PATH + " characters";
      return;
    }
    String command = search.find(request, environment);
    if (command.isEmpty()) {
      words = "cannot start: no command `" + request.arguments().texts()[0] + "` on PATH";
      return;
    }
    long millis = System.currentTimeMillis();
    int pid = spawner.spawn(request, environment, command, noInput, output);
    if (pid < 0) {
      words = "cannot start: " + reason(request, command, pid);
      return;
    }
    int exitDescriptor = posix.exitDescriptor(pid);
    long start = table.start(pid);
    process = new Attempt.FirstProcess(pid, start, millis, exitDescriptor);
    outcome = Outcome.STARTED;
    write(claim, "pid=" + pid + "\nstart=" + start + "\n");
  }

  private String reason(LaunchRequest request, String command, int error) {
    String directory = request.workingDirectory();
    if (!new File(directory).isDirectory()) {
      String found = new File(directory).exists() ? " is no directory" : " does not exist";
      return "its working directory " + directory + found;
    }
    if (error == -Posix.ENOEXEC) {
      return "`" + command + "` is no program for this machine, and has no `#!` line";
    }
    return "`" + command + "`: " + posix.words(error);
  }
}
