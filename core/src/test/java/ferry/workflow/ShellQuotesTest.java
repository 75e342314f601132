package ferry.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellQuotesTest {

  @Test
  void theQuoteThatIsNeverClosedIsFound() {
    assertThat(ShellQuotes.unclosed("echo \"a")).hasValue(5);
    assertThat(ShellQuotes.unclosed("echo 'it'\necho it's")).hasValue(17);
    assertThat(ShellQuotes.unclosed("x=$(echo \"a)")).hasValue(9);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo \"a'b\" 'c\"d'",
        "echo it\\'s",
        "# it's a comment\ntrue",
        "cat <<EOF\nit's\nEOF",
        "cat <<'EOF'\n\"\nEOF\necho done",
        "case $x in a) echo ')' ;; esac",
        "echo ${x:-it\\'s}",
        "echo \"${x:-'}\"",
        "echo $'it\\'s'",
        "echo \"$(echo \"a\" 'b')\"",
        "[[ $x =~ ^\\\"a ]] && true",
        "echo $((1 + 2)) `echo \"a\"`"
      })
  void whatTheShellReadsIsLeftAlone(String script) {
    assertThat(ShellQuotes.unclosed(script)).isEmpty();
  }
}
