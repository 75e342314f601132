package ferry.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {

  @Test
  void plainTextStaysAsItIs() {
    assertThat(SafeText.line("train[relu] 데이터 🚢")).isEqualTo("train[relu] 데이터 🚢");
  }

  @Test
  void controlCharactersBecomeVisible() {
    assertThat(SafeText.line("a\u0007b\u007fc\u0085d")).isEqualTo("a␇b␡c\uFFFDd");
  }

  @Test
  void escapeSequencesVanish() {
    assertThat(
            SafeText.line(
                "a\u001b[2Jb\u001b]0;title\u0007c\u001b]8;;x\u001b\\d\u001bMe\u001bPq\u001b\\f"))
        .isEqualTo("abcdef");
  }

  @Test
  void anEscapeSequenceThatDoesNotEndTakesTheRest() {
    assertThat(SafeText.line("a\u001b]0;for ever")).isEqualTo("a");
    assertThat(SafeText.line("a\u001b")).isEqualTo("a");
    assertThat(SafeText.line("a\u001b[12")).isEqualTo("a");
  }

  @Test
  void coloursOfALogPassWhereTheyAreWantedAndEndWithTheLine() {
    assertThat(SafeText.logLine("\u001b[31mred", true)).isEqualTo("\u001b[31mred\u001b[0m");
    assertThat(SafeText.logLine("\u001b[31mred\u001b[2K", false)).isEqualTo("red");
  }

  @Test
  void marksThatTurnTheDirectionOfTextAreShown() {
    assertThat(SafeText.line("a\u202eb")).isEqualTo("a\uFFFDb");
  }

  @Test
  void tabsOfALogReachTheNextEighthColumn() {
    assertThat(SafeText.logLine("ab\tc", false)).isEqualTo("ab      c");
  }

  @Test
  void widthsCountColumnsNotCharacters() {
    assertThat(Width.of("데이터")).isEqualTo(6);
    assertThat(Width.of("e\u0301")).isEqualTo(1);
    assertThat(Width.of("\u001b[31mred\u001b[0m")).isEqualTo(3);
    assertThat(Width.of("🚢")).isEqualTo(2);
  }

  @Test
  void cuttingKeepsWholeCharactersAndClosesColours() {
    assertThat(Width.cut("데이터", 4)).isEqualTo("데…");
    assertThat(Width.cut("\u001b[31mabcdef\u001b[0m", 3)).isEqualTo("\u001b[31mab…\u001b[0m");
    assertThat(Width.cut("abc", 3)).isEqualTo("abc");
  }
}
