package ferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path home;

  @Test
  void anUnknownCommandNamesTheNearest() {
    assertThat(Typed.in(home, "rnus"))
        .isEqualTo(
            new Typed(
                2,
                "",
                """
                error: there is no command `rnus`
                  did you mean `ferry runs`?
                  `ferry help` lists the commands
                """));
  }

  @Test
  void aOneLinerWithoutRunIsRecognised() {
    assertThat(Typed.in(home, "python a.py >> python b.py").err())
        .isEqualTo(
            """
            error: there is no command `python a.py >> python b.py`
              to run it as a workflow: `ferry run "python a.py >> python b.py"`
              `ferry help` lists the commands
            """);
  }

  @Test
  void aCommandInQuotesWithItsNameSaysWhereTheQuotesBelong() {
    assertThat(Typed.in(home, "run python a.py").err())
        .isEqualTo(
            """
            error: there is no command `run python a.py`
              without the quotes around all of it: `ferry run "python a.py"`
              `ferry help` lists the commands
            """);
  }

  @Test
  void anUnknownOptionNamesTheNearest() {
    assertThat(Typed.in(home, "runs", "--limt", "3"))
        .isEqualTo(
            new Typed(
                2,
                "",
                """
                error: `ferry runs` has no option `--limt`
                  did you mean `--limit`?
                  `ferry help runs` lists the options
                """));
  }

  @Test
  void anOptionOfTheCommandItselfIsToldWhereItBelongs() {
    assertThat(Typed.in(home, "run", "python", "train.py", "--lr", "0.1").err())
        .isEqualTo(
            """
            error: `ferry run` has no option `--lr`
              an option of the command itself goes into its quotes, or after `--`: `ferry run -- python train.py --lr …`
              `ferry help run` lists the options
            """);
  }

  @Test
  void aMissingValueIsAskedFor() {
    assertThat(Typed.in(home, "runs", "--limit"))
        .isEqualTo(
            new Typed(
                2,
                "",
                """
                error: `--limit` needs a value: `--limit NUMBER`
                  `ferry help runs` shows what it takes
                """));
  }

  @Test
  void anOptionGivenTwiceIsRefused() {
    assertThat(Typed.in(home, "runs", "--limit", "1", "-n", "2").err())
        .startsWith("error: `--limit` is given twice\n");
  }

  @Test
  void aWordTooManyIsRefused() {
    assertThat(Typed.in(home, "show", "a", "b"))
        .isEqualTo(
            new Typed(
                2,
                "",
                """
                error: `ferry show` takes one word, and here are 2: `b` is one too many
                  `ferry help show` shows what it takes
                """));
  }

  @Test
  void anUnknownFormatIsRefused() {
    assertThat(Typed.in(home, "show", "-o", "xml").err())
        .isEqualTo("error: `-o` is `xml`; expected json\n");
  }

  @Test
  void helpShowsACommand() {
    assertThat(Typed.in(home, "stop", "--help"))
        .isEqualTo(
            new Typed(
                0,
                """
                ferry stop [RUN] [options]
                Stops a run: its processes are asked to end, then made to. Steps of `finally` still run; stopped a second time, they end too.

                  [RUN]          The run; the latest where none is named.
                  -h, --help     Show this help.
                  --embedded     Run the server inside this command.
                  --reason TEXT  Why, for whoever looks later.
                """,
                ""));
  }

  @Test
  void withoutWordsTheCommandsAreListed() {
    assertThat(Typed.in(home).out())
        .startsWith("ferry COMMAND [options]\n")
        .contains("  retry       Goes on from");
  }
}
