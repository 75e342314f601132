package ferry.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Go's expressions mean the same here. */
class GoPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{name: (\\w+)}; {name: loss}",
        "a{2}; aa",
        "a{2,}b{1,2}; aaab",
        "a{,2}; a{,2}",
        "a{x}; a{x}",
        "\\{a\\}; {a}",
        "\\Q{a\\E; {a",
        "\\p{Lu}\\x{41}; BA",
        "[[&&a]+; a&[",
        "[]a]+; ]a",
        "[^]a]; b",
        "[{]x; {x",
        "[[:alpha:]_]+; a_b",
        "(?P<n>\\d+){2}; 12"
      })
  void whatGoMatchesIsMatched(String expression, String text) {
    assertThat(Pattern.compile(GoPattern.inJava(expression)).matcher(text).matches()).isTrue();
  }
}
