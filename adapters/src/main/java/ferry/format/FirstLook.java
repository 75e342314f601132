package ferry.format;

import ferry.error.FileError;
import ferry.error.UserException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * What can be said of a text before it is read as YAML: whether it is text at all, and what else it
 * may be.
 */
final class FirstLook {
  private static final Pattern PYTHON =
      Pattern.compile(
          "(import|from)\\s+[\\w.]+.*|(async )?def \\w+\\(.*|class \\w+.*:|print\\(.*|\"\"\".*");
  private static final Pattern PINNED = Pattern.compile("[\\w.\\-]+(\\[[\\w,]+])?\\s*(==|>=|~=).*");
  private static final Pattern SECTION = Pattern.compile("\\[\\[?[\\w.\\-\" ]+]?]\\s*(#.*)?");
  private static final Pattern IMAGE = Pattern.compile("FROM\\s+\\S+(\\s+(as|AS)\\s+\\w+)?");

  private FirstLook() {}

  /** Refuses an empty text, and characters that no YAML file may have, with their place. */
  static void check(Source source) {
    if (source.text().isBlank()) {
      throw new FileError.Empty(source.name()).thrown();
    }
    for (int i = 0; i < source.lines().size(); i++) {
      var line = source.lines().get(i);
      int column = 0;
      for (int at = 0; at < line.length(); column++) {
        int c = line.codePointAt(at);
        if (!StreamReader.isPrintable(c)) {
          throw unprintable(source, i, column, c);
        }
        at += Character.charCount(c);
      }
    }
  }

  private static UserException unprintable(Source source, int line, int column, int c) {
    if (c == 0) {
      var error = new FileError.OtherKind(source.name(), "a binary file", List.of());
      return new UserException(error);
    }
    var found = "the character U+%04X cannot stand in it".formatted(c);
    var help = List.of("take it away; between double quotes it is written `\\u%04X`".formatted(c));
    var place = source.location(line, column, 1);
    var cleaned = place.text().codePoints().map(p -> StreamReader.isPrintable(p) ? p : 0xFFFD);
    var text =
        cleaned.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
    var shown =
        new ferry.error.Location(
            place.source(), place.line(), place.column(), place.length(), text.toString());
    return new UserException(new FileError.BadYaml(found, help), shown);
  }

  /** The error for a text that looks like something else, if it does. */
  static Optional<UserException> otherKind(Source source) {
    return kind(source.text().strip(), firstLine(source))
        .map(kind -> new FileError.OtherKind(source.name(), kind, help(kind, source)).thrown());
  }

  private static Optional<String> kind(String text, String line) {
    var start = text.substring(0, Math.min(text.length(), 200)).toLowerCase(java.util.Locale.ROOT);
    if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
      return Optional.of("an HTML page");
    }
    if (start.startsWith("<?xml") || line.matches("<\\w+[^>]*>.*")) {
      return Optional.of("XML");
    }
    if (start.startsWith("#!")) {
      return Optional.of(
          start.lines().findFirst().orElse("").contains("python") ? "Python" : "a script");
    }
    if (start.startsWith("{") && text.contains("\"cells\"") && text.contains("\"nbformat\"")) {
      return Optional.of("a Jupyter notebook");
    }
    return kindOfLine(line);
  }

  private static Optional<String> kindOfLine(String line) {
    if (PYTHON.matcher(line).matches()) {
      return Optional.of("Python");
    }
    if (PINNED.matcher(line).matches()) {
      return Optional.of("a requirements file");
    }
    if (SECTION.matcher(line).matches()) {
      return Optional.of("a TOML or INI file");
    }
    if (IMAGE.matcher(line).matches()) {
      return Optional.of("a Dockerfile");
    }
    return line.contains(" >> ") && !line.contains(": ")
        ? Optional.of("a one-liner")
        : Optional.empty();
  }

  private static List<String> help(String kind, Source source) {
    return switch (kind) {
      case "Python" -> List.of("to run it: `ferry run \"python " + source.name() + "\"`");
      case "a script" -> List.of("to run it: `ferry run \"bash " + source.name() + "\"`");
      case "a requirements file" ->
          List.of("name it in a workflow file: `requirements: " + source.name() + "`");
      case "a one-liner" ->
          List.of("give it without `-f`: `ferry run \"" + firstLine(source) + "\"`");
      default -> List.of("a workflow file is YAML with `steps:` in it");
    };
  }

  /** The first line that is neither empty nor a comment, at most 200 characters of it. */
  private static String firstLine(Source source) {
    return source.lines().stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && (!line.startsWith("#") || line.startsWith("#!")))
        .map(line -> line.substring(0, Math.min(line.length(), 200)))
        .findFirst()
        .orElse("");
  }
}
