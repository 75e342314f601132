package ferry.local;

import ferry.error.DiskTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A requirements file and all that it includes, without comments: what an environment is made from.
 *
 * @param name as the workflow names it
 * @param text all lines that count; where one names a directory, where that is
 */
record Requirements(String name, Path file, String text) {
  private static final Pattern INCLUDE =
      Pattern.compile("(?:-r|-c|--requirement|--constraint)(?:\\s+|=)?\\s*(\\S+).*");
  private static final Pattern LOCAL =
      Pattern.compile("(?:-e|--editable|\\.|/|file:).*|.*@\\s*file:.*");

  /** Reads it and what it includes. */
  static Requirements read(Path directory, String name) throws CannotStart {
    var file = directory.resolve(name).normalize();
    var text = new StringBuilder();
    append(file, name, text, new LinkedHashSet<>());
    return new Requirements(name, file, text.toString());
  }

  private static void append(Path file, String name, StringBuilder text, Set<Path> seen)
      throws CannotStart {
    if (!seen.add(file)) {
      return;
    }
    for (var line : lines(file, name)) {
      var plain = line.replaceFirst("(^|\\s)#.*", "").strip();
      if (plain.isEmpty()) {
        continue;
      }
      text.append(plain).append('\n');
      var include = INCLUDE.matcher(plain);
      var directory = Objects.requireNonNull(file.getParent());
      if (include.matches()) {
        append(directory.resolve(include.group(1)).normalize(), include.group(1), text, seen);
      } else if (LOCAL.matcher(plain).matches()) {
        text.append("# in ").append(directory).append('\n');
      }
    }
  }

  private static java.util.List<String> lines(Path file, String name) throws CannotStart {
    if (!Files.isRegularFile(file)) {
      throw new CannotStart(
          "there is no file `"
              + name
              + "` to make the Python environment from (looked for "
              + file
              + ")");
    }
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException trouble) {
      throw new CannotStart(DiskTrouble.words(file, trouble));
    }
  }
}
