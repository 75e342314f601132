package ferry.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLinesTest {

  private static List<String> lines(String... pieces) {
    var lines = new ArrayList<String>();
    var log = new LogLines();
    for (var piece : pieces) {
      log.take(piece, lines::add);
    }
    log.end(lines::add);
    return lines;
  }

  @Test
  void piecesAreJoinedToLines() {
    assertThat(lines("a", "b\nc", "\n", "d")).containsExactly("ab", "c", "d");
  }

  @Test
  void aProgressBarIsItsLastState() {
    assertThat(lines("10%\r", "50%\r100%\n", "done\r\n")).containsExactly("100%", "done");
  }

  @Test
  void aProgressBarThatEndsWithAReturnKeepsItsText() {
    var log = new LogLines();
    log.take("45%\r", _ -> {});
    assertThat(log.unfinished()).isEqualTo("45%");
  }

  @Test
  void aHugeLineIsCutAndSaysSo() {
    assertThat(lines("x".repeat(10_000_000) + "\n"))
        .containsExactly("x".repeat(4_000) + " … (9,996,000 characters more)");
  }

  @Test
  void whatIsCutIsCountedInCharactersHoweverItCame() {
    assertThat(lines("x" + "\ud83d\ude80".repeat(3_000), "\ud83d\ude80yz\n"))
        .containsExactly("x" + "\ud83d\ude80".repeat(1_999) + " … (1,004 characters more)");
  }
}
