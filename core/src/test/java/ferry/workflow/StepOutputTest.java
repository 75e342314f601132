package ferry.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import ferry.Seeds;
import ferry.error.UserException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a step puts out: values, and lists among them. */
class StepOutputTest {

  @Test
  void everyLineIsAValueAndALaterOneCounts() {
    assertThat(
            StepValues.parse(
                "accuracy=0.9\r\n\nurl=http://x/?a=b\nempty=\naccuracy= 0.97 \nmy-x_1=é"))
        .containsExactly(
            entry("accuracy", " 0.97 "),
            entry("url", "http://x/?a=b"),
            entry("empty", ""),
            entry("my-x_1", "é"));
    assertThat(StepValues.parse("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "hello, the step put out `hello`: expected `name=value`",
    "=3, the step put out `=3`: there is no name before the `=`",
    "a = 3, the step put out `a = 3`: expected no spaces around the name",
    "1a=3, 'the step put out `1a=3`: `1a` is not a name: expected letters, digits, `-` and `_`,"
        + " first a letter'",
    "a.b=3, 'the step put out `a.b=3`: `a.b` is not a name: expected letters, digits, `-` and `_`,"
        + " first a letter'"
  })
  void aLineThatIsSomethingElseIsNamed(String line, String message) {
    assertThatThrownBy(() -> StepValues.parse("good=1\n" + line))
        .hasMessage(message)
        .isInstanceOfSatisfying(
            UserException.class,
            error -> assertThat(error.location().orElseThrow().line()).isEqualTo(2));
  }

  @Test
  void tooMuchIsRefusedInWords() {
    assertThat(StepValues.parse("a=" + "x".repeat(3_998))).hasSize(1);
    assertThatThrownBy(() -> StepValues.parse("a=" + "x".repeat(3_999)))
        .hasMessage("the step put out 4001 bytes of values, and at most 4000 are taken");
  }

  @Test
  void binaryIsRefused() {
    assertThatThrownBy(() -> StepValues.parse(new byte[] {'a', '=', (byte) 0xff}))
        .hasMessageEndingWith("expected text in UTF-8");
    assertThatThrownBy(() -> StepValues.parse("a=\0")).hasMessageContaining("NUL");
  }

  @Test
  void aListKeepsItsEntriesAsWritten() {
    assertThat(
            JsonList.read(" [\"a\\n\\\"\\u00e9\\ud83d\\ude00\", 1.50, -2e-3 ,true,false, \"\"] "))
        .containsExactly("a\n\"é😀", "1.50", "-2e-3", "true", "false", "");
    assertThat(JsonList.read("[]")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '~',
      textBlock =
          """
          a,b          ¦ expected a JSON list like `[1, 2]` or `["a", "b"]`, found `a`
          ~~           ¦ expected a JSON list like `[1, 2]` or `["a", "b"]`, found the end
          {"a": 1}     ¦ expected a JSON list like `[1, 2]` or `["a", "b"]`, found `{"a":`
          ['a']        ¦ expected a text in double quotes, a number, `true` or `false`, found `'a'`
          [a, b]       ¦ expected a text in double quotes, a number, `true` or `false`, found `a`
          [null]       ¦ expected a text in double quotes, a number, `true` or `false`, found `null`
          [[1]]        ¦ expected a text in double quotes, a number, `true` or `false`, found `[1`
          [1,]         ¦ expected a text in double quotes, a number, `true` or `false`, found `]`
          [01]         ¦ expected a text in double quotes, a number, `true` or `false`, found `01`
          [1 2]        ¦ expected `,` or `]`, found `2`
          [1           ¦ expected `,` or `]`, found the end
          ["a          ¦ expected a closing `"` for this text, found `"a`
          ["\\x"]      ¦ expected one of JSON's escapes like `\\n` or `\\u00e9`, found `\\x"`
          [1] x        ¦ expected nothing after the list, found `x`
          """)
  void whatIsNoListIsAnError(String text, String message) {
    assertThatThrownBy(() -> JsonList.read(text)).hasMessage(message);
  }

  @Test
  void aListHasAnEnd() {
    var text = "[" + "1,".repeat(10_000) + "1]";
    assertThatThrownBy(() -> JsonList.read(text)).hasMessageContaining("at most 10000 entries");
  }

  @Test
  void aListThatIsWrittenIsReadAgainAsTheSame() {
    Seeds.each(
        1_000,
        random -> {
          List<String> list = new ArrayList<>();
          random.ints(random.nextInt(5), 0, 300).forEach(c -> list.add((char) c + "\"\\" + c));
          assertThat(JsonList.read(JsonList.write(list))).isEqualTo(list);
        });
  }
}
