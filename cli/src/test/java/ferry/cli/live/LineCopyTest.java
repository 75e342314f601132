package ferry.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.cli.terminal.Output;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineCopyTest {

  private static String copied(String... pieces) {
    var sink = new ByteArrayOutputStream();
    var copy = new LineCopy(new Output(sink, false, false), "a | ");
    for (var piece : pieces) {
      var bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
      copy.take(bytes, bytes.length);
    }
    copy.end();
    return sink.toString(StandardCharsets.UTF_8);
  }

  @Test
  void everyLineGetsThePrefixHoweverItCame() {
    assertThat(copied("one\ntwo\nth", "ree", "\n\nfour"))
        .isEqualTo("a | one\na | two\na | three\na | \na | four\n");
  }

  @Test
  void plainLinesAndOthersStayInTheirOrder() {
    assertThat(copied("1\n10%\r100%\n2\n\u001b[2Jgone\n3\n"))
        .isEqualTo("a | 1\na | 100%\na | 2\na | gone\na | 3\n");
  }

  @Test
  void aCharacterThatIsCutInTwoIsWhole() {
    assertThat(copied("gr\u00c3", "\u00bc\u00c3\u009fe\nplain\n"))
        .isEqualTo("a | grüße\na | plain\n");
  }

  @Test
  void bytesThatAreNoTextBreakNothing() {
    assertThat(copied("\u00ff\u00fe\nplain\n\u00c3"))
        .isEqualTo("a | \ufffd\ufffd\na | plain\na | \ufffd\n");
  }

  @Test
  void aLongLineIsCutAndSaysSo() {
    assertThat(copied("x".repeat(60_000), "x".repeat(60_000) + "\n" + "y".repeat(5_000) + "\nz\n"))
        .isEqualTo(
            "a | "
                + "x".repeat(4_000)
                + " … (116,000 characters more)\na | "
                + "y".repeat(4_000)
                + " … (1,000 characters more)\na | z\n");
  }
}
