package ferry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AliasTest {

  @ParameterizedTest
  @ValueSource(strings = {"champion", "1", "best_of-2026", "version1"})
  void lettersDigitsAndDashesAreGood(String alias) {
    assertThat(Alias.checked(alias)).isEqualTo(alias);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", "Latest", "v1", "V12", "a b", "a/b@c", "a\nb", "ü", "a.b"})
  void whatStandsForSomethingElseOrCannotBeNamedIsRefused(String alias) {
    assertThatThrownBy(() -> Alias.checked(alias))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected letters, digits, `_` and `-`");
  }

  @Test
  void aLongOneIsNotRepeatedWhole() {
    assertThatThrownBy(() -> Alias.checked("a".repeat(3000)))
        .extracting(Throwable::getMessage)
        .asString()
        .hasSizeLessThan(300);
  }
}
