package ferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachedRunTest {
  private static final String SUBMITTED = "{\"id\": \"hello-bcdfg\", \"steps\": 2}";
  private static final String EVENTS = "GET /runs/hello-bcdfg/events?logs=true";
  private static final String BEGIN =
      """
      event: run
      data: {"id": "hello-bcdfg", "state": "waiting", "steps": [{"name": "a", "state": "waiting"}, {"name": "b", "state": "waiting"}]}

      : heartbeat

      event: step
      data: {"name": "a", "state": "running", "attempts": [{"number": 1, "started": "2026-11-22T12:00:00Z"}]}

      event: log
      data: {"step": "a", "attempt": 1, "text": "10%\\r50%\\r100%\\nhel", "next": 15}

      """;
  private static final String REST =
      """
      event: log
      data: {"step": "a", "attempt": 1, "text": "lo\\n", "next": 18}

      event: step
      data: [{"name": "a", "state": "succeeded", "attempts": [{"number": 1, "started": "2026-11-22T12:00:00Z", "ended": "2026-11-22T12:00:01.200Z"}]}, {"name": "b", "state": "failed", "reason": "the command ended with status 3", "attempts": [{"number": 1, "exitCode": 3}]}]

      event: run
      data: {"state": "failed"}

      """;
  private static final String END =
      """
      event: end
      data: {"id": "hello-bcdfg", "state": "failed", "submitted": "2026-11-22T12:00:00Z", "ended": "2026-11-22T12:02:03Z", "steps": [{"name": "a", "state": "succeeded"}, {"name": "b", "state": "failed", "reason": "the command ended with status 3", "tail": ["Traceback", "KeyError: 'x'"]}]}

      """;

  @TempDir Path home;
  private FakeServer server;

  @BeforeEach
  void startServer() {
    server = FakeServer.in(home).answer("POST /runs", 201, SUBMITTED);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void withoutATerminalItIsPlainLines() {
    server.answer(EVENTS, BEGIN + REST + END);
    assertThat(Typed.in(home, "run", "a >> b"))
        .isEqualTo(
            new Typed(
                1,
                """
                a | 100%
                a | hello
                """,
                """
                hello-bcdfg waiting, 2 steps
                a running
                a succeeded in 1.2 s
                b failed: the command ended with status 3
                b failed: the command ended with status 3
                  | Traceback
                  | KeyError: 'x'
                hello-bcdfg failed after 2 m 03 s (2 steps: 1 succeeded, 1 failed)
                  ferry logs hello-bcdfg b
                  ferry retry hello-bcdfg
                """));
  }

  @Test
  void aBrokenConnectionIsMadeAgainAndNoLineIsShownTwice() {
    server.answer(EVENTS, BEGIN).answer(EVENTS, BEGIN + REST + END);
    var typed = Typed.in(home, "run", "a >> b");
    assertThat(typed.out()).isEqualTo("a | 100%\na | hello\n");
    assertThat(typed.err())
        .contains("the connection to the server broke; going on with a new one\n");
    assertThat(typed.status()).isEqualTo(1);
  }

  @Test
  void aRunThatSucceedsEndsWithZero() {
    server.answer(
        EVENTS,
        "event: end\n"
            + "data: {\"id\": \"hello-bcdfg\", \"state\": \"succeeded\", \"steps\": [{\"name\":"
            + " \"a\", \"state\": \"succeeded\", \"cached\": true}]}\n\n");
    assertThat(Typed.in(home, "run", "a"))
        .isEqualTo(new Typed(0, "", "hello-bcdfg succeeded (1 step; 1 from earlier runs)\n"));
  }

  @Test
  void asJsonTheRunStandsAloneOnStandardOutputAndTheTalkOnStandardError() {
    server.answer(EVENTS, BEGIN + REST + END);
    var typed = Typed.in(home, "run", "-o", "json", "a >> b");
    assertThat(typed.status()).isEqualTo(1);
    assertThat(typed.out()).startsWith("{\n  \"id\": \"hello-bcdfg\",\n  \"state\": \"failed\",");
    assertThat(typed.out()).endsWith("\n}\n").doesNotContain("a | hello");
    assertThat(typed.err()).contains("a | hello\n", "hello-bcdfg failed after 2 m 03 s");
  }

  @Test
  void aLineThatIsCutByWhatWasLeftOutIsNotJoinedToAnother() {
    var late =
        """
        event: log
        data: {"step": "a", "attempt": 1, "text": "llo\\n", "next": 2097167, "skipped": 2097152}

        """;
    server.answer(EVENTS, BEGIN + late + END);
    assertThat(Typed.in(home, "run", "a >> b").out())
        .isEqualTo(
            """
            a | 100%
            a | hel
            a | … 2 MiB left out here; `ferry logs` has them
            a | llo
            """);
  }
}
