package ferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsCommandTest {
  private static final String TWO_RUNS =
      """
      {"runs": [
        {"id": "digits-x7k2p", "workflow": "digits", "backend": "local", "state": "running",
         "submitted": "2026-11-22T11:57:57Z", "user": "ada", "command": "ferry.yaml", "steps": 5, "done": 2},
        {"id": "hello-bcdfg", "workflow": "hello", "backend": "local", "state": "succeeded",
         "submitted": "2026-11-21T09:00:00Z", "ended": "2026-11-21T09:00:00.400Z", "user": "ada",
         "command": "python hello.py >> python world.py", "steps": 2, "done": 2}]}
      """;

  @TempDir Path home;
  private FakeServer server;

  @BeforeEach
  void startServer() {
    server = FakeServer.in(home);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void runsAreATable() {
    server.answer("GET /runs?limit=20&trials=false", TWO_RUNS);
    assertThat(Typed.in(home, "runs"))
        .isEqualTo(
            new Typed(
                0,
                """
                RUN           STATE      STEPS  SUBMITTED          TOOK  COMMAND
                digits-x7k2p  running      2/5  2 minutes ago  2 m 03 s  ferry.yaml
                hello-bcdfg   succeeded    2/2  27 hours ago      0.4 s  python hello.py >> python world.py
                """,
                ""));
  }

  @Test
  void asJsonTheyAreAList() {
    server.answer(
        "GET /runs?limit=20&trials=false&state=failed%2Cstopped&workflow=digits",
        "{\"runs\": [{\"id\": \"digits-x7k2p\", \"steps\": 5}]}");
    assertThat(
            Typed.in(home, "runs", "-o", "json", "-s", "failed", "-s", "stopped", "-w", "digits")
                .out())
        .isEqualTo(
            """
            [
              {
                "id": "digits-x7k2p",
                "steps": 5
              }
            ]
            """);
  }

  @Test
  void aLongListComesPageByPage() {
    server.answer(
        "GET /runs?limit=2&trials=false", "{\"runs\": [{\"id\": \"a\"}], \"next\": \"a\"}");
    server.answer(
        "GET /runs?limit=1&trials=false&after=a", "{\"runs\": [{\"id\": \"b\"}], \"next\": \"b\"}");
    var typed = Typed.in(home, "runs", "--limit", "2");
    assertThat(typed.out()).contains("a ").contains("b ");
    assertThat(typed.err()).isEqualTo("there are more: `ferry runs --limit 4`\n");
  }

  @Test
  void noRunsSaysHowToMakeOne() {
    server.answer("GET /runs?limit=20&trials=false", "{\"runs\": []}");
    server.answer("GET /experiments?limit=1", "{\"experiments\": []}");
    assertThat(Typed.in(home, "runs"))
        .isEqualTo(new Typed(0, "", "no runs yet: `ferry run \"echo hello\"` makes one\n"));
  }

  @Test
  void whereThereAreOnlyTrialsItSaysHowToSeeThem() {
    server.answer("GET /runs?limit=20&trials=false", "{\"runs\": []}");
    server.answer("GET /experiments?limit=1", "{\"experiments\": [{\"id\": \"search-x7k2p\"}]}");
    assertThat(Typed.in(home, "runs").err())
        .isEqualTo(
            "no runs yet but trials of experiments: `ferry experiments` and `ferry trials` list"
                + " them, `ferry runs --trials` as runs\n");
  }

  @Test
  void whatWasAskedForInVainIsNotCalledNoRunsYet() {
    server.answer("GET /runs?limit=20&trials=false&workflow=digits", "{\"runs\": []}");
    assertThat(Typed.in(home, "runs", "--workflow", "digits").err())
        .isEqualTo("no such runs: `ferry runs` lists all\n");
  }

  @Test
  void controlCharactersOfAnAnswerAreShownNotSent() {
    server.answer(
        "GET /runs?limit=20&trials=false",
        "{\"runs\": [{\"id\": \"a\\u001b[2J\", \"command\": \"x\\ny\\u0007\"}]}");
    assertThat(Typed.in(home, "runs").out())
        .contains("a  ")
        .contains("x␊y␇")
        .doesNotContain("\u001b");
  }

  @Test
  void aLimitThatIsNoNumberIsRefused() {
    assertThat(Typed.in(home, "runs", "-n", "many"))
        .isEqualTo(
            new Typed(
                2, "", "error: `--limit` is `many`; expected a whole number, 1 to 1000000\n"));
  }
}
