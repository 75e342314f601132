package ferry.local;

import ferry.local.launcher.ExitRecord;
import ferry.local.launcher.Launcher;
import ferry.local.launcher.Wire;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** One launcher process and the two pipes to it. */
final class LauncherChild {
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:-MaxFDLimit",
          "-Xms4m",
          "-Xmx64m",
          "-Xss512k",
          "-XX:MaxDirectMemorySize=256m",
          "-XX:ReservedCodeCacheSize=16m",
          "-XX:+DisplayVMOutputToStderr",
          "-Xlog:disable",
          "-Xlog:all=warning:stderr",
          "--enable-native-access=ALL-UNNAMED");
  private static final Set<String> KEPT_VARIABLES =
      Set.of("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "USER", "LD_LIBRARY_PATH");

  private final Process process;
  private final OutputStream requests;
  private final DataInputStream reports;

  private LauncherChild(Process process) {
    this.process = process;
    this.requests = process.getOutputStream();
    this.reports = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
  }

  /**
   * Starts a launcher in that home. What it prints on standard error is appended to {@code
   * launcher.log} there.
   */
  static LauncherChild start(Path home) throws IOException {
    String cache = System.getProperty("ferry.launcher.aot", "");
    List<String> options = cache.isEmpty() ? List.of() : List.of("-XX:AOTCache=" + cache);
    return start(home, classPath(), options);
  }

  /** As {@link #start(Path)}, with class path and options for the virtual machine. */
  static LauncherChild start(Path home, Path classPath, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath.toString(), Launcher.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    keepOnly(builder.environment());
    File log = home.resolve("launcher.log").toFile();
    makePrivate(log.toPath());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log));
    return new LauncherChild(builder.start());
  }

  private static void makePrivate(Path log) throws IOException {
    var permissions = PosixFilePermissions.fromString("rw-------");
    if (Files.notExists(log)) {
      Files.createFile(log, PosixFilePermissions.asFileAttribute(permissions));
    }
    Files.setPosixFilePermissions(log, permissions);
  }

  private static void keepOnly(Map<String, String> environment) {
    environment.keySet().retainAll(KEPT_VARIABLES);
  }

  /** The jar, or the directory, that the launcher's classes are in. */
  static Path classPath() {
    try {
      return Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("the launcher's classes have no file", impossible);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Sends messages of {@link Wire}; they arrive whole or, if the launcher is dead, not at all. */
  void send(byte[] message) throws IOException {
    requests.write(message);
    requests.flush();
  }

  /** Reads reports until the launcher has left or died. */
  void readReports(Runnable ready, Consumer<LauncherReport> receiver) throws IOException {
    try {
      while (true) {
        int length = nativeInt(reports.readInt());
        if (length < 1 || length > Wire.MAX_MESSAGE_BYTES) {
          process.destroyForcibly();
          throw new IOException("it sent a message of " + length + " bytes");
        }
        byte[] message = new byte[length];
        reports.readFully(message);
        ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.nativeOrder());
        if (bytes.get(0) == Wire.READY) {
          ready.run();
        } else {
          receiver.accept(decode(bytes));
        }
      }
    } catch (EOFException left) {
      process.destroyForcibly();
    }
  }

  /**
   * Whether it ended by an error of its own, which the next one is likely to share; waits for the
   * end.
   */
  boolean failed() throws InterruptedException {
    int status = process.waitFor();
    return status != 0 && status < 128;
  }

  /** What it has to say is over; it goes on with what it holds. */
  void leave() throws IOException {
    requests.close();
  }

  private static int nativeInt(int bigEndian) {
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
        ? bigEndian
        : Integer.reverseBytes(bigEndian);
  }

  private static LauncherReport decode(ByteBuffer bytes) {
    byte kind = bytes.get();
    String first = text(bytes);
    return switch (kind) {
      case Wire.STARTED -> new LauncherReport.Started(first, bytes.getLong(), bytes.getLong());
      case Wire.ENDED ->
          new LauncherReport.Ended(first, ExitRecord.parse(text(bytes)).orElseThrow());
      case Wire.REFUSED -> new LauncherReport.Refused(first, text(bytes));
      case Wire.PROBLEM -> new LauncherReport.Problem(first);
      default -> new LauncherReport.Problem("the launcher sent a message of unknown kind " + kind);
    };
  }

  private static String text(ByteBuffer bytes) {
    byte[] text = new byte[bytes.getInt()];
    bytes.get(text);
    bytes.get();
    return new String(text, StandardCharsets.UTF_8);
  }
}
