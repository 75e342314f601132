package ferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a server answers, a person gets an answer or one sentence, and never a stack trace. */
class MutatedAnswersTest {
  private static final int MUTANTS = 400;
  private static final String RUN =
      """
      {"id": "hello-bcdfg", "workflow": "hello", "state": "failed", "reason": "r", "command": "a >> b",
       "submitted": "2026-11-22T12:00:00Z", "ended": "2026-11-22T12:02:03Z", "params": {"a": "1"},
       "code": {"commit": "0123456789abcdef", "dirty": true, "snapshot": "fedcba9876543210"}, "warnings": ["w"],
       "steps": [{"name": "a", "state": "failed", "reason": "status 1", "tail": ["x"], "attempts": [{"number": 1,
        "state": "failed", "started": "2026-11-22T12:00:00Z", "ended": "2026-11-22T12:00:01Z", "exitCode": 1,
        "cpuSeconds": 0.5, "peakMemoryBytes": 1048576}]}]}\
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

  private static String mutate(String text, Random random) {
    var mutant = new StringBuilder(text);
    for (int changes = 1 + random.nextInt(4); changes > 0 && !mutant.isEmpty(); changes--) {
      int at = random.nextInt(mutant.length());
      switch (random.nextInt(5)) {
        case 0 -> mutant.deleteCharAt(at);
        case 1 ->
            mutant.setCharAt(
                at, "{}[]\",:0-9eE.\\ntf\u001b\u0000\ud83d".charAt(random.nextInt(20)));
        case 2 -> mutant.setLength(at);
        case 3 ->
            mutant.insert(
                at, mutant.substring(at, Math.min(mutant.length(), at + random.nextInt(40))));
        default ->
            mutant.insert(
                at,
                new String[] {"null", "[]", "{}", "-1e999", "\"\"", "99999999999999999999"}
                    [random.nextInt(6)]);
      }
    }
    return mutant.toString();
  }

  private void neverAFault(String request, String answer, String... words) {
    var random = new Random(7);
    for (int i = 0; i < MUTANTS; i++) {
      var mutant = mutate(answer, random);
      server.replace(request, mutant);
      var typed = Typed.in(home, words);
      assertThat(typed.err())
          .as("mutant %s: %s", i, mutant)
          .doesNotContain("fault of Ferry's own", "\tat ");
      assertThat(typed.out() + typed.err())
          .as("mutant %s: %s", i, mutant)
          .doesNotContain("\u001b", "\u0000");
    }
  }

  @Test
  void aRunIsShownAsFarAsItCanBeRead() {
    neverAFault("GET /runs/latest", RUN, "show");
  }

  @Test
  void aListIsShownAsFarAsItCanBeRead() {
    neverAFault("GET /runs?limit=20&trials=false", "{\"runs\": [" + RUN + "]}", "runs");
  }

  @Test
  void anErrorIsShownAsFarAsItCanBeRead() {
    neverAFault(
        "GET /runs/latest",
        "{\"error\": {\"message\": \"m\", \"help\": [\"h\"], \"exitCode\": 2, \"location\":"
            + " {\"source\": \"f\", \"line\": 1, \"column\": 2, \"length\": 3, \"text\":"
            + " \"abc\"}}}",
        "show");
  }

  @Test
  void eventsAreShownAsFarAsTheyCanBeRead() {
    server.answer("GET /runs/hello-bcdfg", RUN);
    server.answer("POST /runs", 201, "{\"id\": \"hello-bcdfg\"}");
    var run = RUN.replace("\n", "");
    var events =
        "event: run\ndata: "
            + run
            + "\n\nevent: step\ndata: ["
            + run
            + "]\n\n"
            + "event: log\n"
            + "data: {\"step\": \"a\", \"attempt\": 1, \"text\": \"x\\ny\", \"next\": 3}\n\n";
    var random = new Random(8);
    for (int i = 0; i < MUTANTS; i++) {
      var mutant = mutate(events, random) + "\n\nevent: end\ndata: " + run + "\n\n";
      server.replace("GET /runs/hello-bcdfg/events?logs=true", mutant);
      server.answer("GET /runs/hello-bcdfg/events?logs=true", "event: end\ndata: " + run + "\n\n");
      var typed = Typed.in(home, "run", "a");
      assertThat(typed.err()).as("mutant %s: %s", i, mutant).doesNotContain("fault of Ferry's own");
      assertThat(typed.status()).as("mutant %s: %s", i, mutant).isEqualTo(1);
    }
  }
}
