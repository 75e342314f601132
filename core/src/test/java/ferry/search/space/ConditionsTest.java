package ferry.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What parameters may say of each other. */
class ConditionsTest {

  private static Space space(String... texts) {
    return new Space(Stream.of(texts).map(text -> SpaceReader.parameter("--param", text)).toList());
  }

  private static List<String> help(String... texts) {
    try {
      return List.of(space(texts).parameters().getFirst().text());
    } catch (UserException e) {
      return e.error().help();
    }
  }

  @Test
  void aConditionIsAboutAParameterOfTheSpace() {
    assertThatThrownBy(() -> space("lr=0.0..1 if actt = relu", "act=[relu, tanh]"))
        .hasMessage("parameter `lr` depends on `actt`, but no parameter is named so");
    assertThat(help("lr=0.0..1 if actt = relu", "act=[relu, tanh]"))
        .containsExactly("did you mean `act`?");
    assertThat(help("lr=0.0..1 if x = 3"))
        .containsExactly("search that parameter too, or take the condition away");
  }

  @Test
  void aConditionCanHold() {
    assertThatThrownBy(() -> space("lr=0.0..1 if act = reluu", "act=[relu, tanh]"))
        .hasMessage("parameter `lr` is there where `act` is reluu, which it never is");
    assertThat(help("lr=0.0..1 if act = reluu", "act=[relu, tanh]"))
        .containsExactly("did you mean `relu`?");
    assertThat(help("lr=0.0..1 if n = 7", "n=1..4")).containsExactly("`n` is int:1..4");
  }

  @Test
  void aConditionIsNotLeftToChance() {
    assertThatThrownBy(() -> space("a=1..2 if lr = 0.5", "lr=0.0..1"))
        .hasMessage(
            "parameter `a` is there where `lr` is 0.5, and a range takes a single value only by"
                + " chance");
    assertThat(space("a=1..2 if lr = 0.5", "lr=0.0..1 step 0.5").dimension()).isEqualTo(2);
  }

  @Test
  void aParameterDoesNotDependOnItself() {
    assertThatThrownBy(() -> space("a=1..2 if a = 1"))
        .hasMessage("parameter `a` depends on itself");
    assertThatThrownBy(() -> space("a=1..2 if b = 1", "b=1..2 if c = 1", "c=1..2 if a = 1"))
        .hasMessage("parameter `a` depends on itself by the conditions `a` → `b` → `c` → `a`");
  }

  @Test
  void aNameHoldsOneThing() {
    assertThatThrownBy(() -> space("a=1..2", "a=3..4")).hasMessage("two parameters are named `a`");
    assertThatThrownBy(() -> space("a.b=1..2", "a=3..4"))
        .hasMessage("parameter `a` has a value, and `a.b` is nested in it");
  }
}
