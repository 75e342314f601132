package ferry.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import ferry.query.Field.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterReaderTest {
  private static List<Clause> filter(String text) {
    return FilterReader.filter(text, Vocabulary.RUNS);
  }

  private static Clause clause(Kind kind, String key, Operator operator, Operand operand) {
    return new Clause(new Field(kind, key), operator, operand);
  }

  @Test
  void clausesAreJoinedByAnd() {
    assertThat(filter("metrics.loss < 0.5 and params.lr = '0.1' AND tags.t != \"x\""))
        .containsExactly(
            clause(Kind.METRIC, "loss", Operator.LESS, new Operand.Real(0.5)),
            clause(Kind.PARAM, "lr", Operator.EQUAL, new Operand.Text("0.1")),
            clause(Kind.TAG, "t", Operator.NOT_EQUAL, new Operand.Text("x")));
  }

  @Test
  void aBlankFilterHasNoClauses() {
    assertThat(filter("  ")).isEmpty();
  }

  @Test
  void namesMayStandInQuotes() {
    assertThat(filter("metrics.`my loss` > -1e-3 and tag.\"a b\" like 'x%'"))
        .containsExactly(
            clause(Kind.METRIC, "my loss", Operator.GREATER, new Operand.Real(-1e-3)),
            clause(Kind.TAG, "a b", Operator.LIKE, new Operand.Text("x%")));
  }

  @Test
  void aNameWithDotsIsOneName() {
    assertThat(filter("tags.mlflow.parentRunId = 'x'").getFirst().field())
        .isEqualTo(new Field(Kind.TAG, "mlflow.parentRunId"));
  }

  @Test
  void attributesHaveOtherNames() {
    assertThat(filter("attributes.created > 5 and run_name ILIKE 'a' and attr.`Run name` = 'b'"))
        .extracting(clause -> clause.field().key())
        .containsExactly("start_time", "run_name", "run_name");
  }

  @Test
  void aListIsComparedWithIn() {
    assertThat(filter("run_id NOT IN ('a', 'b')"))
        .containsExactly(
            clause(
                Kind.ATTRIBUTE, "run_id", Operator.NOT_IN, new Operand.Texts(List.of("a", "b"))));
  }

  @Test
  void whatIsMissingIsNull() {
    assertThat(filter("params.lr IS NOT NULL and tags.t is null"))
        .extracting(Clause::operator)
        .containsExactly(Operator.IS_NOT_NULL, Operator.IS_NULL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metrics.loss ~ 3",
        "metrics.loss = 'x'",
        "metrics.loss",
        "metrics.loss > 1 OR metrics.loss < 2",
        "metrics.loss > 1 metrics.acc > 2",
        "metrics.loss LIKE 'x'",
        "params.lr > '1'",
        "params.lr = 1",
        "params.lr = 'open",
        "nothing.lr = '1'",
        "attributes.nothing = '1'",
        "status IN ('RUNNING')",
        "run_id IN ()",
        "run_id IN ('a'",
        "dataset.size = '1'",
        "start_time IS NULL",
        "= 1",
        "a b c"
      })
  void whatCannotBeReadIsRefused(String text) {
    assertThatThrownBy(() -> filter(text)).isInstanceOf(UserException.class);
  }

  @Test
  void anOrderMayBeDescending() {
    assertThat(FilterReader.order("metrics.`my loss` DESC", Vocabulary.RUNS))
        .isEqualTo(new Order(new Field(Kind.METRIC, "my loss"), false));
    assertThat(FilterReader.order("start_time", Vocabulary.RUNS))
        .isEqualTo(new Order(Field.attribute("start_time"), true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "metrics.loss down", "lifecycle_stage", "dataset.name", "a b c"})
  void anOrderThatCannotBeReadIsRefused(String text) {
    assertThatThrownBy(() -> FilterReader.order(text, Vocabulary.RUNS))
        .isInstanceOf(UserException.class);
  }

  @Test
  void likeSeesTheCaseOfLettersAndIlikeDoesNot() {
    assertThat(filter("tags.t LIKE 'a_c%'").getFirst().holds(Optional.of("abcd"))).isTrue();
    assertThat(filter("tags.t LIKE 'A%'").getFirst().holds(Optional.of("abc"))).isFalse();
    assertThat(filter("tags.t ILIKE 'A%'").getFirst().holds(Optional.of("abc"))).isTrue();
    assertThat(filter("tags.t LIKE 'a.c'").getFirst().holds(Optional.of("abc"))).isFalse();
  }

  @Test
  void whatIsNoNumberIsUnequalAndNothingElse() {
    var nan = OptionalDouble.of(Double.NaN);

    assertThat(filter("metrics.m != 0").getFirst().holds(nan)).isTrue();
    assertThat(filter("metrics.m < 0").getFirst().holds(nan)).isFalse();
    assertThat(filter("metrics.m >= 0").getFirst().holds(nan)).isFalse();
  }

  @Test
  void whatIsNotThereFulfilsNothing() {
    assertThat(filter("params.a != 'x'").getFirst().holds(Optional.empty())).isFalse();
    assertThat(filter("params.a IS NULL").getFirst().holds(Optional.empty())).isTrue();
  }

  @Test
  void aBadOrderIsToldWhatAnOrderLooksLike() {
    assertThatThrownBy(() -> FilterReader.order("loss sideways", Vocabulary.RUNS))
        .isInstanceOfSatisfying(
            UserException.class,
            refused ->
                assertThat(refused.error().help())
                    .containsExactly("an order looks like this: metrics.accuracy DESC"));
    assertThatThrownBy(() -> FilterReader.order("nonsense", Vocabulary.MODELS))
        .isInstanceOfSatisfying(
            UserException.class,
            refused ->
                assertThat(refused.error().help())
                    .containsExactly("an order looks like this: name DESC"));
  }
}
