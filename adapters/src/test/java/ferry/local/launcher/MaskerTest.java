package ferry.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskerTest {
  @Test
  void aValueIsReplacedWhereverItStands() {
    assertThat(masked(List.of("swordfish"), "a swordfish, swordfishswordfish!"))
        .isEqualTo("a ***, ******!");
  }

  @Test
  void aValueCutIntoSinglePiecesIsReplaced() {
    assertThat(masked(List.of("sword"), "a s", "w", "o", "rd.")).isEqualTo("a ***.");
  }

  @Test
  void whatOnlyBeginsLikeAValueComesThrough() {
    assertThat(masked(List.of("swordfish"), "swo", "rd and swordfis"))
        .isEqualTo("sword and swordfis");
  }

  @Test
  void aValueThatBeginsWithinAFalseStartIsReplaced() {
    assertThat(masked(List.of("aab1"), "aa", "aab", "1")).isEqualTo("aa***");
  }

  @Test
  void theLongestOfSeveralValuesIsReplaced() {
    assertThat(masked(List.of("pass", "password"), "pass", "word pass")).isEqualTo("*** ***");
  }

  @Test
  void aLongerValueThatTurnsOutNotToStandThereLeavesTheShorter() {
    assertThat(masked(List.of("pass", "password"), "pass", "age")).isEqualTo("***age");
  }

  @Test
  void aShorterValueAtTheEndOfTheStreamIsReplaced() {
    assertThat(masked(List.of("pass", "password"), "my passwor")).isEqualTo("my ***wor");
  }

  @Test
  void otherBytesComeThroughAsTheyAre() {
    assertThat(masked(List.of("sword"), "\r\0\u00ff\n")).isEqualTo("\r\0\u00ff\n");
  }

  private static String masked(List<String> secrets, String... pieces) {
    Masker masker = new Masker(secrets);
    StringBuilder out = new StringBuilder();
    for (String piece : pieces) {
      byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
      out.append(new String(masker.mask(bytes, bytes.length), StandardCharsets.ISO_8859_1));
    }
    String all = out.append(new String(masker.end(), StandardCharsets.ISO_8859_1)).toString();
    return new String(all.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
