package ferry.store;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A process that holds a lease, or wants to.
 *
 * @param boot the id of this start of its machine
 * @param processSpace the space in which its pid counts; containers have one of their own
 * @param started when the process started, in its kernel's own count, which no clock moves
 * @param since when it took the lease, by its own clock; for people only
 * @param token drawn for this lease
 */
record LeaseHolder(
    String host,
    String boot,
    String processSpace,
    long pid,
    String started,
    Instant since,
    String token) {
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  /** This process, with a new token. */
  static LeaseHolder self() {
    long pid = ProcessHandle.current().pid();
    var host = hostName();
    return new LeaseHolder(
        host,
        firstLine("/proc/sys/kernel/random/boot_id").orElse(host),
        ownProcessSpace(),
        pid,
        startOf(pid).orElse(""),
        Instant.now(),
        UUID.randomUUID().toString());
  }

  private static String hostName() {
    return firstLine("/proc/sys/kernel/hostname")
        .orElseGet(() -> {
          try {
            return InetAddress.getLocalHost().getHostName();
          } catch (IOException _) {
            return "localhost"; // a host that does not know its name
          }
        });
  }

  private static Optional<String> firstLine(String file) {
    try {
      return Optional.of(Files.readString(Path.of(file)).strip());
    } catch (IOException _) {
      return Optional.empty(); // a system without this file
    }
  }

  private static String ownProcessSpace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException _) {
      return ""; // a system without such spaces
    }
  }

  /** When a living process of this process space started; empty where there is none by that pid. */
  static Optional<String> startOf(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      boolean isDead = fields[0].equals("Z") || fields[0].equals("X");
      return isDead ? Optional.empty() : Optional.of(fields[19]);
    } catch (NoSuchFileException _) {
      return Files.isDirectory(Path.of("/proc/self"))
          ? Optional.empty()
          : ProcessHandle.of(pid)
              .filter(ProcessHandle::isAlive)
              .map(process -> process.info().startInstant().map(Instant::toString).orElse(""));
    } catch (IOException _) {
      return Optional.empty(); // it ended while it was looked at
    }
  }

  String text() {
    return "host="
        + host
        + "\nboot="
        + boot
        + "\nspace="
        + processSpace
        + "\npid="
        + pid
        + "\nstarted="
        + started
        + "\nsince="
        + since
        + "\ntoken="
        + token
        + "\n";
  }

  /** Empty for a text that is not whole. */
  static Optional<LeaseHolder> read(String text) {
    var fields = new HashMap<String, String>();
    for (var line : text.split("\n")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        fields.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    try {
      return Optional.ofNullable(fields.get("token"))
          .map(token ->
              new LeaseHolder(
                  fields.getOrDefault("host", ""),
                  fields.getOrDefault("boot", ""),
                  fields.getOrDefault("space", ""),
                  Long.parseLong(fields.getOrDefault("pid", "0")),
                  fields.getOrDefault("started", ""),
                  Instant.parse(fields.getOrDefault("since", "")),
                  token));
    } catch (IllegalArgumentException | java.time.format.DateTimeParseException _) {
      return Optional.empty();
    }
  }

  boolean sharesKernelWith(LeaseHolder other) {
    return boot.equals(other.boot);
  }

  /** Whether what one says of pids is true for the other. */
  boolean seesProcessesOf(LeaseHolder other) {
    return sharesKernelWith(other) && processSpace.equals(other.processSpace);
  }

  /** Whether the other ran before this machine was started again. */
  boolean isOnALaterBootThan(LeaseHolder other) {
    return !sharesKernelWith(other) && host.equals(other.host) && !host.startsWith("localhost");
  }

  /** For people: {@code pid 4711 on laptop, since 2026-03-01 12:00}. */
  String shown() {
    var time = SHOWN.withZone(ZoneId.systemDefault()).format(since);
    return "pid " + pid + " on " + host + ", since " + time;
  }
}
