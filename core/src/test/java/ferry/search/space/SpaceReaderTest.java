package ferry.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.Seeds;
import ferry.error.UserException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A parameter as a user writes it, and what is meant. */
class SpaceReaderTest {

  private static Parameter read(String text) {
    return SpaceReader.parameter("--param", text);
  }

  @Test
  void readsALogRangeOfTheCommandLine() {
    assertThat(read("lr=log:1e-4..1e-1")).isEqualTo(new Parameter("lr", Range.log(1e-4, 1e-1)));
  }

  @Test
  void readsWholeNumbers() {
    assertThat(read("layers=int:1..4")).isEqualTo(new Parameter("layers", IntRange.of(1, 4)));
  }

  @Test
  void readsTheFormOfAFileWithABlank() {
    assertThat(SpaceReader.parameter("lr", "ferry.yaml", "log 1e-4..1e-1").domain())
        .isEqualTo(Range.log(1e-4, 1e-1));
  }

  @Test
  void readsValuesInBrackets() {
    assertThat(read("activation=[relu, tanh, 3, 0.5, \"7\", true]").domain())
        .isEqualTo(
            new Choice(
                List.of(
                    new Value.Text("relu"),
                    new Value.Text("tanh"),
                    new Value.Whole(3),
                    new Value.Real(0.5),
                    new Value.Text("7"),
                    new Value.Flag(true))));
  }

  @Test
  void readsAStepAndACount() {
    assertThat(read("dropout=0..0.5 step 0.1").domain())
        .isEqualTo(new Range(0, 0.5, Scale.LINEAR, OptionalDouble.of(0.1), OptionalInt.empty()));
    assertThat(read("dropout=double:0..0.5 count 3").domain().grid())
        .containsExactly(new Value.Real(0), new Value.Real(0.25), new Value.Real(0.5));
  }

  @Test
  void aRangeOfWholeNumbersHasWholeNumbers() {
    assertThat(read("layers=1..4").domain()).isEqualTo(IntRange.of(1, 4));
    assertThat(read("layers=1.0..4").domain()).isEqualTo(Range.of(1, 4));
  }

  @Test
  void oneValueIsAConstant() {
    assertThat(read("optimizer=adam").domain()).isEqualTo(new Constant(new Value.Text("adam")));
    assertThat(read("epochs=20").domain()).isEqualTo(new Constant(new Value.Whole(20)));
    assertThat(read("data=../images").domain())
        .isEqualTo(new Constant(new Value.Text("../images")));
  }

  @Test
  void readsACondition() {
    assertThat(read("momentum=double:0..0.9 if optimizer = sgd").condition())
        .isEqualTo(Optional.of(new Condition("optimizer", List.of(new Value.Text("sgd")))));
    assertThat(read("momentum=double:0..0.9 if optimizer in [sgd, rmsprop]").condition())
        .isEqualTo(
            Optional.of(
                new Condition(
                    "optimizer", List.of(new Value.Text("sgd"), new Value.Text("rmsprop")))));
  }

  @Test
  void whatItWritesItReads() {
    for (var text :
        List.of(
            "log:0.0001..0.1",
            "int:1..4 count 2",
            "double:0.0..1.0 step 0.25 if a = 3",
            "[x, y]",
            "power:-3.0..-1.0 base 10.0",
            "logint:1..100 step 3")) {
      assertThat(SpaceReader.parameter("p", "test", text).text()).isEqualTo(text);
    }
  }

  @Test
  void aReversedRangeIsShownWithItsPlaceAndTheWayOut() {
    assertThatThrownBy(() -> read("lr=log:1e-1..1e-4"))
        .hasMessage("parameter `lr` has the range 1e-1..1e-4; expected the smaller number first")
        .isInstanceOfSatisfying(
            UserException.class,
            error -> {
              assertThat(error.error().help()).containsExactly("write `1e-4..1e-1`");
              assertThat(error.location().orElseThrow().column()).isEqualTo(8);
              assertThat(error.location().orElseThrow().length()).isEqualTo(10);
            });
  }

  @Test
  void aLogRangeThroughZeroIsRefused() {
    assertThatThrownBy(() -> read("lr=log:0..1"))
        .hasMessage("parameter `lr` has a log range from 0; expected a range above zero");
  }

  @Test
  void anUnknownKindNamesTheNearest() {
    assertThatThrownBy(() -> read("lr=lgo:1e-4..1e-1"))
        .isInstanceOfSatisfying(
            UserException.class,
            error -> assertThat(error.error().help()).containsExactly("did you mean `log`?"))
        .hasMessageStartingWith("parameter `lr` has the unknown kind `lgo`; expected one of");
  }

  @Test
  void otherNonsenseSaysWhatIsExpected() {
    assertThatThrownBy(() -> read("lr=log:1e-4-1e-1"))
        .hasMessage(
            "parameter `lr` has `1e-4-1e-1`; expected two numbers with `..` between them, like"
                + " `1e-4..1e-1`");
    assertThatThrownBy(() -> read("lr=[a, a]")).hasMessageContaining("the value `a` twice");
    assertThatThrownBy(() -> read("lr=[a, ]")).hasMessageContaining("an empty value");
    assertThatThrownBy(() -> read("lr=[a")).hasMessageContaining("a closing `]`");
    assertThatThrownBy(() -> read("lr=")).hasMessageContaining("no values");
    assertThatThrownBy(() -> read("=3")).hasMessageContaining("a name");
    assertThatThrownBy(() -> read("lr=int:0.5..3")).hasMessageContaining("whole numbers");
    assertThatThrownBy(() -> read("lr=1..2 stp 3")).hasMessageContaining("`stp 3` after its range");
    assertThatThrownBy(() -> read("lr=0..1 step 0")).hasMessageContaining("a step of 0");
  }

  @Test
  void aStepWiderThanItsRangeIsRefused() {
    assertThatThrownBy(() -> read("lr=0..1 step 3"))
        .hasMessage(
            "parameter `lr` has `step 3`, wider than its range 0..1; expected a step within the"
                + " range");
  }

  @Test
  void threeDotsAreNotGuessedAt() {
    assertThatThrownBy(() -> read("lr=log:1e-4...1e-1"))
        .hasMessage("parameter `lr` has `...` in its range; expected two dots, like `1e-4..1e-1`");
    assertThatThrownBy(() -> read("lr=1..2..3")).hasMessageContaining("a second `..`");
  }

  @Test
  void aBaseBelongsToExponentsOnly() {
    assertThat(read("lr=power:-4..-1 base 2").domain())
        .isEqualTo(new Power(2, -4, -1, OptionalInt.empty()));
    assertThatThrownBy(() -> read("lr=log:1e-4..1e-1 base 2"))
        .hasMessageContaining("expected one only behind `power:`");
  }

  @Test
  void whatOtherLibrariesWriteIsTranslated() {
    assertThat(help("lr=loguniform(1e-4, 1e-1)")).startsWith("write `loguniform:1e-4..1e-1`, or");
    assertThat(help("lr=tune.choice([relu, tanh])")).startsWith("write `[relu, tanh]`, or");
    assertThat(help("n=randint(1, 4)")).startsWith("write `int:1..4`, or");
    assertThat(read("f=const:log(3)").domain()).isEqualTo(new Constant(new Value.Text("log(3)")));
  }

  private static String help(String text) {
    try {
      return read(text).text();
    } catch (UserException e) {
      return e.error().help().getFirst();
    }
  }

  @Test
  void aConditionOfAKindThatThereIsNotIsShown() {
    assertThatThrownBy(() -> read("lr=0..1 if act > 3"))
        .hasMessage(
            "parameter `lr` has the condition `if act > 3`; expected one like `if optimizer ="
                + " sgd` or `if optimizer in [sgd, rmsprop]`");
  }

  @Test
  void mutatedTextNeverEndsInAnotherException() {
    var whole = "lr=log:1e-4..1e-1 step 0.5 count 3 if optimizer in [sgd, \"a b\"]";
    Seeds.each(
        3000,
        random -> {
          var text = new StringBuilder(whole);
          for (int i = random.nextInt(1, 8); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
              case 0 -> text.deleteCharAt(at);
              case 1 -> text.insert(at, "=.:,[]'\" 019eE-if".charAt(random.nextInt(17)));
              default -> text.setCharAt(at, (char) random.nextInt(32, 300));
            }
          }
          try {
            assertThat(read(text.toString()).domain().at(0.5)).isNotNull();
          } catch (UserException error) {
            assertThat(error.location()).isPresent();
          }
        });
  }
}
