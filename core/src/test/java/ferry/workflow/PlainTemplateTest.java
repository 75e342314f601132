package ferry.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTemplateTest {
  private static final Map<String, String> VALUES = Map.of("lr", "it's", "a.b", "", "été", "x");

  @ParameterizedTest
  @CsvSource({
    "model-{lr}.bin, model-it's.bin",
    "{lr}{lr}, it'sit's",
    "{a.b}, ''",
    "{{lr}} ${lr}, {lr} ${lr}",
    "{ lr } {1} {}, { lr } {1} {}",
    "{{{lr}}}, {{lr}}",
    "{été}, x"
  })
  void valuesArePutInAsTheyAre(String text, String rendered) {
    assertThat(PlainTemplate.parse(text).render(PlainTemplateTest::value)).isEqualTo(rendered);
  }

  @ParameterizedTest
  @CsvSource({
    "--lr={lr}, --lr=it's",
    "{x} {{x}} ${lr}, {x} {{x}} ${lr}",
    "{{lr}}, {lr}",
    "'{\"a\": {b}}', '{\"a\": {b}}'"
  })
  void inAnArgumentOnlyWhatHasAValueIsReplaced(String text, String rendered) {
    assertThat(PlainTemplate.renderKnown(text, PlainTemplateTest::value)).isEqualTo(rendered);
  }

  @Test
  void aPlaceholderWithoutAValueIsAnError() {
    var template = PlainTemplate.parse("a {x.y}");
    assertThatThrownBy(() -> template.render(PlainTemplateTest::value))
        .hasMessage("`{x.y}` has no value");
    assertThatThrownBy(() -> template.check("outputs", List.of("x.z")))
        .hasMessage("`{x.y}` has no value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lr", "my-param", "_x", "train.accuracy", "2-train.x_1", "été", "a1"})
  void names(String name) {
    assertThat(Placeholder.isName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "1a", "-a", "a.b.c", "a.", ".a", "a.1", "a b", "a,b", "1..3", "a:b"})
  void noNames(String name) {
    assertThat(Placeholder.isName(name)).isFalse();
  }

  private static Optional<String> value(String name) {
    return Optional.ofNullable(VALUES.get(name));
  }
}
