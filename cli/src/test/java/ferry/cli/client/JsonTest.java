package ferry.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private static Json read(String text) throws IOException {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsWrittenReadsAsItWas() throws IOException {
    var text =
        "{\"a\":[1,-2.5,true,false,null,\"\\\"\\\\\\n\\u0001é🚢\\u007f\"],\"b\":{},\"c\":[]}";
    assertThat(JsonText.compact(read(text))).isEqualTo(text);
  }

  @Test
  void everyEscapeIsKnown() throws IOException {
    assertThat(read("\"\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\udea2\"").text())
        .isEqualTo("/\b\f\n\r\té🚢");
  }

  @Test
  void halfACharacterIsWrittenAsAnEscape() {
    assertThat(JsonText.compact(List.of("\ud83d"))).isEqualTo("[\"\\ud83d\"]");
  }

  @Test
  void numbersAreWholeWhereTheyCanBe() throws IOException {
    assertThat(read("{\"a\": 12}").number("a")).hasValue(12);
    assertThat(read("{\"a\": 1.5e3}").decimal("a")).hasValue(1500);
    assertThat(read("{\"a\": 123456789012345678901234567890}").number("a"))
        .hasValue(Long.MAX_VALUE);
  }

  @Test
  void whatIsMissingOrOfAnotherKindReadsAsNothing() throws IOException {
    var json = read("{\"a\": [1]}");
    assertThat(json.text("a")).isEmpty();
    assertThat(json.number("a")).isEmpty();
    assertThat(json.get("b").get("c").list("d")).isEmpty();
    assertThat(json.get("a").entries()).isEmpty();
    assertThat(json.isTrue("a")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[1,",
        "[1 2]",
        "{\"a\" 1}",
        "{a: 1}",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "tru",
        "1 2",
        "-",
        "1e",
        "[1]]",
        "nul",
        "{\"a\":}",
        "[,]"
      })
  void whatIsNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("no JSON that can be read: ");
  }

  @Test
  void deepNestingIsRefusedInWords() {
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .hasMessage("no JSON that can be read: nested more than 500 deep");
  }

  @Test
  void prettyTextHasAnElementALine() throws IOException {
    assertThat(JsonText.pretty(read("{\"a\":[1,{}],\"b\":[]}")))
        .isEqualTo(
            """
            {
              "a": [
                1,
                {}
              ],
              "b": []
            }\
            """);
  }
}
