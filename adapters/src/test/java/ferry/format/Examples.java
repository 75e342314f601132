package ferry.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Files as users write them, each with what Ferry shows for it; kept in a text that people can
 * read.
 */
final class Examples {
  private static final Pattern EXAMPLE =
      Pattern.compile("## (.*)\n~~~ file\n((?s:.*?))~~~ shows\n((?s:.*?))~~~\n");
  private static final String TAB = "<TAB>";

  record Example(String title, String file, String shows) {
    @Override
    public String toString() {
      return title;
    }
  }

  private Examples() {}

  static List<Example> in(String resource) {
    return EXAMPLE
        .matcher(text(resource))
        .results()
        .map(found ->
            new Example(
                found.group(1),
                found.group(2).replace(TAB, "\t"),
                found.group(3).replace(TAB, "\t")))
        .toList();
  }

  static String text(String resource) {
    try (var stream = Examples.class.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
