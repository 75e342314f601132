package ferry.cli.client;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a server that could not start left in its log, told as the error that it is. */
final class LastWords {
  private static final int MOST_BYTES = 65_536;
  private static final int MOST_LINES = 8;

  private static final String WARNING = " WARN ";

  private LastWords() {}

  static Failure of(Path log, long from) {
    var lines = read(log, from).lines().toList();
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).startsWith("error: ")) {
        return new Failure(
            "",
            lines.get(i).substring(7),
            indented(lines, i + 1),
            Failure.UNREACHABLE,
            Optional.empty());
      }
    }
    var help = new ArrayList<>(lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
    help.add("its log is " + log);
    return new Failure(
        "", "the server ended before it answered", help, Failure.UNREACHABLE, Optional.empty());
  }

  /** The latest warning that it has logged, else where its log is. */
  static String notice(Path log, long from) {
    return read(log, from)
        .lines()
        .filter(line -> line.contains(WARNING))
        .reduce((_, last) -> last)
        .map(line -> line.substring(line.indexOf(" - ") + 3))
        .orElse("its log is " + log);
  }

  private static List<String> indented(List<String> lines, int from) {
    var help = new ArrayList<String>();
    for (int i = from;
        i < lines.size() && lines.get(i).startsWith("  ") && help.size() < MOST_LINES;
        i++) {
      help.add(lines.get(i).strip());
    }
    return help;
  }

  private static String read(Path log, long from) {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(Math.min(from, file.length()), file.length() - MOST_BYTES);
      file.seek(start);
      var bytes = new byte[(int) (file.length() - start)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
