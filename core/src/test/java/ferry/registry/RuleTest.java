package ferry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
  private static final Map<String, Double> OWN = Map.of("accuracy", 0.97, "loss", 0.2);
  private static final Map<String, Map<String, Double>> CHAMPION =
      Map.of("champion", Map.of("accuracy", 0.95, "loss", 0.1));

  private static boolean holds(String rule) {
    return Rule.parse(rule).check(OWN, CHAMPION).holds();
  }

  @Test
  void aVersionIsComparedWithTheOneThatHasTheAlias() {
    assertThat(holds("accuracy > champion.accuracy")).isTrue();
    assertThat(holds("loss < champion.loss")).isFalse();
  }

  @Test
  void aMetricIsComparedWithANumber() {
    assertThat(holds("accuracy >= 9.7e-1")).isTrue();
    assertThat(holds("loss<0.2")).isFalse();
  }

  @Test
  void everyPartMustHold() {
    assertThat(holds("accuracy > champion.accuracy and loss < champion.loss")).isFalse();
    assertThat(holds("accuracy > champion.accuracy AND loss < 0.5")).isTrue();
  }

  @Test
  void whereNoVersionHasTheAliasThereIsNothingToBeat() {
    var verdict = Rule.parse("accuracy > champion.accuracy").check(OWN, Map.of());

    assertThat(verdict.holds()).isTrue();
    assertThat(verdict.words())
        .containsExactly("accuracy > champion.accuracy: no version is `champion` yet");
  }

  @Test
  void theRecordHasTheNumbers() {
    assertThat(Rule.parse("loss < champion.loss").check(OWN, CHAMPION).words())
        .containsExactly("loss < champion.loss: 0.2 against 0.1, does not hold");
  }

  @Test
  void whatIsNoNumberDoesNotHold() {
    var own = Map.of("accuracy", Double.NaN);

    assertThat(Rule.parse("accuracy > 0.5").check(own, Map.of()).holds()).isFalse();
    assertThat(Rule.parse("accuracy != 0.5").check(own, Map.of()).holds()).isFalse();
  }

  @Test
  void aMetricThatWasNotMeasuredIsNamed() {
    assertThatThrownBy(() -> holds("f1 > 0.5"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the rule asks for `f1`, which was not measured");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "accuracy", "accuracy >", "accuracy > 1 or loss < 2", "a => 1"})
  void whatCannotBeReadIsRefused(String rule) {
    assertThatThrownBy(() -> Rule.parse(rule)).isInstanceOf(UserException.class);
  }
}
