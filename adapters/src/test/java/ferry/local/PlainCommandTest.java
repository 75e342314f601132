package ferry.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainCommandTest {

  @Test
  void plainWordsAreStartedWithoutAShell() {
    assertThat(PlainCommand.words(" python  train.py --lr 0.1 "))
        .containsExactly("python", "train.py", "--lr", "0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cd data",
        "echo hi",
        "A=1 python x.py",
        "a|b",
        "ls *.py",
        "python 'a b'",
        "a $B",
        "a;b",
        "~/run",
        "a\nb",
        "a{1,2}",
        "test -f x",
        "a #b",
        "a > b",
        "!x",
        "a\tb",
        "exec python",
        "über"
      })
  void whatAShellMustReadIsLeftToIt(String script) {
    assertThat(PlainCommand.words(script)).isEmpty();
  }
}
