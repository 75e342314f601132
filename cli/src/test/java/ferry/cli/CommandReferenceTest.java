package ferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Holds {@code docs/commands.md} against the commands; with {@code -Dferry.docs.write=true} writes
 * it anew.
 */
class CommandReferenceTest {
  private static final String MARK = "<!-- From here on written by CommandReferenceTest. -->\n";
  private static final Path FILE =
      Path.of(System.getProperty("ferry.checkout", ".."), "docs/commands.md");

  private static String reference() {
    var text = new StringBuilder(MARK);
    for (var name : Commands.NAMES) {
      var spec = Commands.find(name).orElseThrow().spec();
      text.append("\n## ").append(name).append("\n\n");
      text.append(String.join("\n", spec.usageMessage().description())).append("\n\n");
      text.append("    ").append(Usage.synopsis(spec)).append("\n\n| | |\n|---|---|\n");
      for (var row : Usage.rows(spec)) {
        text.append("| `").append(row.names().replace("|", "\\|")).append("` | ");
        text.append(row.description().replace("|", "\\|")).append(" |\n");
      }
    }
    return text.toString();
  }

  @Test
  @EnabledIfSystemProperty(named = "ferry.checkout", matches = ".+")
  void theCommandReferenceSaysWhatTheCommandsTake() throws IOException {
    var file = Files.readString(FILE);
    assertThat(file.substring(Math.max(0, file.indexOf(MARK))))
        .as("docs/commands.md; -Dferry.docs.write=true writes it")
        .isEqualTo(reference());
  }

  @Test
  @EnabledIfSystemProperty(named = "ferry.docs.write", matches = "true")
  void theCommandReferenceIsWritten() throws IOException {
    var file = Files.readString(FILE);
    Files.writeString(FILE, file.substring(0, file.indexOf(MARK)) + reference());
  }
}
