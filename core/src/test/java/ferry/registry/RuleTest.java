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
    return check(rule, OWN, CHAMPION).holds();
  }

  private static Rule.Verdict check(
      String rule, Map<String, Double> own, Map<String, Map<String, Double>> byAlias) {
    return Rule.parse(rule).check(new Measured("champion", own, byAlias));
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
    var verdict = check("accuracy > champion.accuracy", OWN, Map.of());

    assertThat(verdict.holds()).isTrue();
    assertThat(verdict.words())
        .containsExactly("accuracy > champion.accuracy: no version is `champion` yet");
  }

  @Test
  void theRecordHasTheNumbers() {
    assertThat(check("loss < champion.loss", OWN, CHAMPION).words())
        .containsExactly("loss < champion.loss: 0.2 against 0.1, does not hold");
  }

  @Test
  void whatIsNoNumberDoesNotHold() {
    var own = Map.of("accuracy", Double.NaN);

    assertThat(check("accuracy > 0.5", own, Map.of()).holds()).isFalse();
    assertThat(check("accuracy != 0.5", own, Map.of()).holds()).isFalse();
    assertThat(check("accuracy > champion.accuracy", own, Map.of()).words())
        .containsExactly("accuracy > champion.accuracy: NaN is no number, does not hold");
  }

  @Test
  void aMetricThatWasNotMeasuredDoesNotHoldAndIsNamed() {
    var verdict = check("f1 > 0.5 and loss < 0.3", OWN, CHAMPION);

    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.words())
        .containsExactly("f1 > 0.5: `f1` was not measured", "loss < 0.3: 0.2 against 0.3, holds");
    assertThat(verdict.help()).containsExactly("measured for this version: accuracy, loss");
  }

  @Test
  void aNameWithADotIsNoAliasForThat() {
    var verdict = check("val.accuracy > 0.99 and test.f1 > 0.9", Map.of(), Map.of());

    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.words())
        .containsExactly(
            "val.accuracy > 0.99: `val.accuracy` was not measured",
            "test.f1 > 0.9: `test.f1` was not measured");
    assertThat(verdict.help())
        .singleElement()
        .asString()
        .startsWith("nothing was measured for this version");
  }

  @Test
  void anAliasThatIsMisspeltIsNotTakenForOneThatNobodyHas() {
    var verdict = check("accuracy > champoin.accuracy", OWN, CHAMPION);

    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.help()).containsExactly("did you mean `champion.accuracy`?");
    assertThat(check("accuracy > champoin.accuracy", OWN, Map.of()).holds()).isFalse();
  }

  @Test
  void anotherAliasThanTheOneToBeGivenMustBeHeldByAVersion() {
    assertThat(check("accuracy > staging.accuracy", OWN, Map.of()).holds()).isFalse();
  }

  @Test
  void theFirstChampionMustHaveWhatItsRuleAsksFor() {
    assertThat(check("f1 > champion.f1", OWN, Map.of()).words())
        .containsExactly("f1 > champion.f1: `f1` was not measured");
  }

  @Test
  void whatTheChampionWasNotMeasuredForCannotBeCompared() {
    var champion = Map.of("champion", Map.of("loss", 0.1));

    assertThat(check("accuracy > champion.accuracy", OWN, champion).words())
        .containsExactly("accuracy > champion.accuracy: `champion.accuracy` was not measured");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "accuracy", "accuracy >", "accuracy > 1 or loss < 2", "a => 1"})
  void whatCannotBeReadIsRefused(String rule) {
    assertThatThrownBy(() -> Rule.parse(rule)).isInstanceOf(UserException.class);
  }
}
