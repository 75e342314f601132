package ferry.local.launcher;

import java.util.Map;
import java.util.Optional;

/**
 * How an attempt ended: what its {@code exit} file holds.
 *
 * @param exitCode 0 to 255, or -1 if there is none
 * @param signal the number of the signal that ended it, or 0
 * @param startedMillis epoch milliseconds
 * @param endedMillis epoch milliseconds; the end of the command itself, not of what it left behind
 * @param cpuMicros user and system time of the command and of the processes that it waited for
 * @param peakMemoryBytes the largest memory seen, of the whole tree; 0 for attempts that ended
 *     within some hundredths of a second and used less than some 50 MB, which the system cannot
 *     tell
 * @param memoryLimitBytes the limit it ran under, or 0
 * @param words one line for people, or empty
 */
public record ExitRecord(
    ExitCause cause,
    int exitCode,
    int signal,
    long startedMillis,
    long endedMillis,
    long cpuMicros,
    long peakMemoryBytes,
    long memoryLimitBytes,
    String words) {

  /** Whether the command ended by itself with exit code 0. */
  public boolean succeeded() {
    return cause == ExitCause.EXITED && exitCode == 0;
  }

  /** The exit file's text; its last line is {@code end}, so that a cut file is known as one. */
  String text() {
    StringBuilder text = new StringBuilder(256);
    text.append("cause=").append(cause.word());
    text.append("\nexit-code=").append(exitCode);
    text.append("\nsignal=").append(signal);
    text.append("\nstarted-millis=").append(startedMillis);
    text.append("\nended-millis=").append(endedMillis);
    text.append("\ncpu-micros=").append(cpuMicros);
    text.append("\npeak-memory-bytes=").append(peakMemoryBytes);
    text.append("\nmemory-limit-bytes=").append(memoryLimitBytes);
    text.append("\nwords=").append(words.replace('\n', ' '));
    return text.append("\nend\n").toString();
  }

  /** The record in such a text, or nothing if the text was cut or is not one. */
  public static Optional<ExitRecord> parse(String text) {
    if (!text.endsWith("\nend\n")) {
      return Optional.empty();
    }
    Map<String, String> lines = Lines.parse(text);
    try {
      return Optional.of(
          new ExitRecord(
              ExitCause.of(lines.getOrDefault("cause", "")),
              Integer.parseInt(lines.getOrDefault("exit-code", "")),
              Integer.parseInt(lines.getOrDefault("signal", "")),
              Long.parseLong(lines.getOrDefault("started-millis", "")),
              Long.parseLong(lines.getOrDefault("ended-millis", "")),
              Long.parseLong(lines.getOrDefault("cpu-micros", "")),
              Long.parseLong(lines.getOrDefault("peak-memory-bytes", "")),
              Long.parseLong(lines.getOrDefault("memory-limit-bytes", "")),
              lines.getOrDefault("words", "")));
    } catch (IllegalArgumentException notARecord) {
      return Optional.empty();
    }
  }
}
