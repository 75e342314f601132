package ferry.format;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ferry.cron.CronTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manual's tables are the keys that the readers take, and its examples are read. */
class ManualTest {
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n((?s:.*?))```");

  static List<Level> levels() {
    return Stream.concat(FerryKeys.ALL.stream(), Stream.of(JupyterFlowKeys.WORKFLOW)).toList();
  }

  static List<String> examples() {
    return EXAMPLE.matcher(manual()).results().map((MatchResult found) -> found.group(1)).toList();
  }

  @ParameterizedTest
  @MethodSource("levels")
  void aTableHasEveryKeyOfItsLevel(Level level) {
    assertThat(manual()).contains(table(level));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleCanBeRead(String example) {
    var files = new WorkflowFiles(new CronTimes(), ZoneOffset.UTC);

    assertThatCode(() -> files.read("ferry.yaml", example)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"examples/digits/ferry.yaml"})
  void anExampleOfTheRepositoryCanBeRead(String example) {
    var files = new WorkflowFiles(new CronTimes(), ZoneOffset.UTC);

    assertThat(files.read(example, text(example)).warnings()).isEmpty();
  }

  private static String table(Level level) {
    var rows = level.keys().stream().map(ManualTest::row).collect(joining());
    return "### "
        + level.title()
        + "\n\n| key | value | without it | meaning |\n|---|---|---|---|\n"
        + rows
        + "\n";
  }

  private static String row(Key key) {
    var otherwise = key.otherwise().isEmpty() ? "**needed**" : key.otherwise();
    return "| `%s` | %s | %s | %s |\n".formatted(key.name(), key.type(), otherwise, key.meaning());
  }

  private static String manual() {
    return text("docs/ferry-yaml.md");
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(System.getProperty("ferry.checkout"), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
