package ferry.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  private static final Map<String, String> VALUES =
      Map.of(
          "evaluate.accuracy",
          "0.97",
          "n",
          "10",
          "name",
          "relu",
          "none",
          "",
          "bad",
          "nan",
          "best",
          "inf",
          "small",
          "1e-3",
          "ok",
          "true");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{evaluate.accuracy} > 0.95",
        "{evaluate.accuracy}>0.95",
        "0.95 < {evaluate.accuracy}",
        "{n} == 10.0",
        "{n} == '10'",
        "{n} >= 10 and {n} <= 10",
        "{small} == 0.001",
        "{small} < 1E-2",
        "{n} > 9",
        "{name} == relu",
        "{name} == \"relu\"",
        "'{name}' != 'tanh'",
        "{name}-x == relu-x",
        "{none} == ''",
        "{bad} == nan",
        "not {bad} != NaN",
        "not {bad} < 1 and not {bad} >= 1",
        "{best} > 1e308",
        "-inf < {n}",
        "{ok} == true",
        "1 == 2 and 1 == 2 or 1 == 1",
        "1 == 1 or 1 == 1 and 1 == 2",
        "not (1 == 1 and 1 == 2)",
        "not not 1 == 1",
        "not 1 == 2 and 1 == 1",
        "(1 == 2 or 1 == 1) and ((3 > 2))",
        "1 == 2 and {none} > 3 or 2 > 1",
        "1 == 1 or {missing} == 1",
        "a.b/c:d == a.b/c:d"
      })
  void holds(String condition) {
    assertThat(holdsWithValues(condition)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{evaluate.accuracy} > 0.98",
        "{name} == tanh",
        "{bad} > 0",
        "{bad} <= 0",
        "not 1 == 1",
        "1 == 1 and 1 == 2",
        "1 == 2 or 1 == 3",
        "(1 == 1 or 1 == 1) and 1 == 2",
        "10 == 10x",
        "{n} < 9"
      })
  void doesNotHold(String condition) {
    assertThat(holdsWithValues(condition)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '~',
      textBlock =
          """
          ~~                     ¦ 1+1  ¦ expected a comparison like `{step.accuracy} > 0.95`, found the end
          {n} >                  ¦ 6+1  ¦ expected a comparison like `{step.accuracy} > 0.95`, found the end
          {ok}                   ¦ 1+4  ¦ `{ok}` alone says nothing: expected a comparison like `{step.accuracy} > 0.95`
          {n} = 3                ¦ 5+1  ¦ `=` is no comparison
          {n} => 3               ¦ 5+2  ¦ `=>` is no comparison
          1 < {n} < 3            ¦ 9+1  ¦ a comparison has two sides, and here is a third
          {n} == 3 && 1 == 1     ¦ 10+2 ¦ `&&` is not known here
          ! {n} == 3             ¦ 1+1  ¦ `!` is not known here
          (1 == 1                ¦ 1+1  ¦ this `(` is never closed
          1 == 1)                ¦ 7+1  ¦ this `)` closes nothing
          1 == 'x                ¦ 6+1  ¦ this `'` is never closed
          1 == 1 and             ¦ 11+1 ¦ expected a comparison like `{step.accuracy} > 0.95`, found the end
          1 == and               ¦ 6+3  ¦ expected a comparison like `{step.accuracy} > 0.95`, found `and`
          1 == 1 2 == 2          ¦ 8+1  ¦ expected `and`, `or` or the end, found `2`
          {{n}} == 3             ¦ 1+5  ¦ `{{n}}` is the text `{n}` and no value
          {a b} == 3             ¦ 1+1  ¦ expected `{name}` or `{step.value}` at this brace
          é == 1 and () == 1     ¦ 13+1 ¦ expected a comparison like `{step.accuracy} > 0.95`, found `)`
          {name} < 3             ¦ 1+6  ¦ `<` compares numbers, found `relu` (from `{name}`)
          3 >= abc               ¦ 6+3  ¦ `>=` compares numbers, found `abc`
          {missing} == 1         ¦ 1+9  ¦ `{missing}` has no value
          """)
  void whatCannotBeReadOrDecidedIsAnErrorAtItsPlace(
      String condition, String place, String message) {
    assertThatThrownBy(() -> holdsWithValues(condition))
        .isInstanceOfSatisfying(
            UserException.class,
            error -> {
              var at = error.location().orElseThrow();
              assertThat(at.column() + "+" + at.length()).isEqualTo(place);
              assertThat(error).hasMessage(message);
              assertThat(at.source()).isEqualTo("when");
            });
  }

  @Test
  void namesAreThoseOfItsPlaceholders() {
    var condition = Condition.parse("{a.b} > 1 and '{c}' == {a.b}");
    assertThat(condition.names()).containsExactly("a.b", "c");
    assertThat(condition).hasToString("{a.b} > 1 and '{c}' == {a.b}");
    assertThatThrownBy(() -> condition.check(List.of("a.b", "cc")))
        .hasMessage("`{c}` has no value");
  }

  @Test
  void depthNeedsNoStack() {
    var deep = "(".repeat(100_000) + "1 == 1" + ")".repeat(100_000);
    assertThat(holdsWithValues(deep)).isTrue();
    assertThat(holdsWithValues("not ".repeat(100_000) + "1 == 1")).isTrue();
    assertThat(holdsWithValues("1 == 2 or (".repeat(50_000) + "1 == 1" + ")".repeat(50_000)))
        .isTrue();
  }

  private static boolean holdsWithValues(String condition) {
    return Condition.parse(condition).holds(name -> Optional.ofNullable(VALUES.get(name)));
  }
}
