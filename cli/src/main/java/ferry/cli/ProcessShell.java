package ferry.cli;

import ferry.cli.client.Program;
import ferry.cli.terminal.Output;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@link Shell} that this process was started from. */
final class ProcessShell {
  private ProcessShell() {}

  static Shell of() {
    var environment = environment();
    return new Shell(
        environment,
        Path.of("").toAbsolutePath(),
        System.in,
        output(FileDescriptor.out, 1, environment),
        output(FileDescriptor.err, 2, environment),
        Clock.systemUTC(),
        ZoneId::systemDefault,
        Program.current());
  }

  private static Output output(
      FileDescriptor descriptor, int number, Map<String, String> environment) {
    boolean terminal = isTerminal(number);
    boolean colour =
        terminal
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.getOrDefault("TERM", ""));
    return new Output(new FileOutputStream(descriptor), terminal, colour);
  }

  /** Asked of {@code /proc}: the JDK's own way loads a line editor. */
  private static boolean isTerminal(int number) {
    try {
      var target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      var console = Files.exists(Path.of("/proc/self")) ? null : System.console();
      return console != null && console.isTerminal();
    }
  }

  /**
   * The environment as it was typed in. Where the locale is not UTF-8 the launcher starts Java in
   * one that is, so that it can name any file, and hands over what {@code LC_ALL} was: {@code =}
   * and its value, or nothing where it was not set.
   */
  private static Map<String, String> environment() {
    var was = System.getProperty("ferry.lc_all");
    if (was == null) {
      return System.getenv();
    }
    var environment = new LinkedHashMap<>(System.getenv());
    environment.remove("LC_ALL");
    if (was.startsWith("=")) {
      environment.put("LC_ALL", was.substring(1));
    }
    return environment;
  }

  /** The arguments; read again as UTF-8 where the JVM took them for ASCII. */
  static String[] arguments(String[] args) {
    if ("UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
      return args;
    }
    byte[] line;
    try {
      line = Files.readAllBytes(Path.of("/proc/self/cmdline"));
    } catch (IOException e) {
      return args;
    }
    var words = new String(line, StandardCharsets.UTF_8).split("\0", -1);
    int from = words.length - 1 - args.length;
    return from < 0 ? args : java.util.Arrays.copyOfRange(words, from, words.length - 1);
  }
}
