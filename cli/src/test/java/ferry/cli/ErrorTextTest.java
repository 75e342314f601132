package ferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.cli.client.Failure;
import ferry.cli.terminal.Output;
import ferry.error.Location;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErrorTextTest {

  private static String shown(Location place, int columns, String... help) {
    var bytes = new ByteArrayOutputStream();
    var err = new Output(bytes, false, false);
    ErrorText.print(
        new Failure("", "it is wrong", List.of(help), 2, Optional.of(place)), err, columns);
    err.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aPlaceInAFileHasLineAndColumn() {
    assertThat(
            shown(
                new Location("workflow.yaml", 14, 13, 8, "    after: [features]"),
                80,
                "did you mean `feature`?"))
        .isEqualTo(
            """
            error: it is wrong
              --> workflow.yaml:14:13
                  after: [features]
                          ^^^^^^^^
              did you mean `feature`?
            """);
  }

  @Test
  void aOneLinerHasOnlyACaret() {
    assertThat(shown(new Location("command", 1, 6, 2, "a >> >> b"), 80))
        .isEqualTo(
            """
            error: it is wrong
              a >> >> b
                   ^^
            """);
  }

  @Test
  void wideAndCombiningCharactersKeepTheCaretRight() {
    assertThat(shown(new Location("command", 1, 9, 1, "데이터 é\u0301 [ b"), 80))
        .isEqualTo("error: it is wrong\n  데이터 é\u0301 [ b\n            ^\n");
  }

  @Test
  void aTabIsOneColumn() {
    assertThat(shown(new Location("f", 1, 3, 1, "\t\tx: 1"), 80))
        .isEqualTo("error: it is wrong\n  --> f:1:3\n    x: 1\n    ^\n");
  }

  @Test
  void aLongLineIsCutAroundTheCaret() {
    var place = new Location("command", 1, 501, 3, "a".repeat(500) + ">>>" + "b".repeat(500));
    assertThat(shown(place, 40))
        .isEqualTo(
            """
            error: it is wrong
              …aaaaaaaaaaaaaaaa>>>bbbbbbbbbbbbbbb…
                               ^^^
            """);
  }

  @Test
  void escapeSequencesOfALineAreShownNotSent() {
    assertThat(shown(new Location("command", 1, 3, 1, "a\u0007b\u001b"), 80))
        .doesNotContain("\u001b", "\u0007");
  }

  @Test
  void aColumnBehindTheTextHasNoCaret() {
    assertThat(shown(new Location("f", 2, 99, 1, "short"), 80))
        .isEqualTo("error: it is wrong\n  --> f:2:99\n");
  }

  @Test
  void theEndOfTheTextCanBeMeant() {
    assertThat(shown(new Location("command", 1, 5, 1, "a >>"), 80))
        .isEqualTo("error: it is wrong\n  a >>\n      ^\n");
  }
}
