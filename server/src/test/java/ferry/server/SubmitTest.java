package ferry.server;

import static ferry.server.TestServer.oneLiner;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SubmitTest {
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aOneLinerBecomesARunNamedAfterItsDirectory() throws Exception {
    var answer = server.post("/api/v1/runs", oneLiner("x7k2p", "python a.py >> python b.py"));

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body())
        .isEqualTo(
            "{\"id\":\"digits-x7k2p\",\"workflow\":\"digits\",\"backend\":\"local\","
                + "\"state\":\"waiting\",\"steps\":2,\"warnings\":[],\"notes\":[]}");
  }

  @Test
  void theSameRequestAgainFindsTheSameRun() throws Exception {
    server.post("/api/v1/runs", oneLiner("x7k2p", "python a.py"));

    var again = server.post("/api/v1/runs", oneLiner("x7k2p", "python a.py"));

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("\"id\":\"digits-x7k2p\"");
    assertThat(server.runs.order).hasSize(1);
  }

  @Test
  void aKeyThatIsTakenByOtherContentIsRefused() throws Exception {
    server.post("/api/v1/runs", oneLiner("x7k2p", "python a.py"));

    var other = server.post("/api/v1/runs", oneLiner("x7k2p", "python b.py"));

    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(other.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"id-taken\",\"kind\":\"user\",\"message\":\"another run is"
                + " already named `digits-x7k2p`\",\"help\":[],\"exitCode\":2}}");
  }

  @Test
  void manyAtOnceWithOneKeyMakeOneRun() throws Exception {
    var requests = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 20; i++) {
      requests.add(
          () -> server.post("/api/v1/runs", oneLiner("x7k2p", "python a.py")).statusCode());
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(requests)) {
        assertThat(answer.get()).isIn(200, 201);
      }
    }

    assertThat(server.runs.order).hasSize(1);
  }

  @Test
  void anErrorInAOneLinerNamesItsPlace() throws Exception {
    var answer = server.post("/api/v1/runs", oneLiner("x7k2p", "python a.py >> >> python b.py"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains(
            "\"exitCode\":2", "\"location\":{\"source\":\"command\",\"line\":1,\"column\":16");
    assertThat(server.runs.order).isEmpty();
  }

  @Test
  void aDryRunStartsNothing() throws Exception {
    var body = oneLiner("x7k2p", "python a.py").replaceFirst("\\{", "{\"dryRun\": true, ");

    var answer = server.post("/api/v1/runs", body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains(
            "\"words\":[\"Workflow `digits` has one step",
            "\"objects\":[{\"workflow\":\"digits\"}]",
            "\"yaml\":\"yaml of 1\\n\"");
    assertThat(server.runs.order).isEmpty();
  }

  @Test
  void aFileWithAScheduleIsScheduledUnlessItIsToRunNow() throws Exception {
    var file =
        """
        {"kind": "file", "key": "x7k2p", "text": "schedule: 0 * * * *\\npython a.py",
         "file": "ferry.yaml", "place": {"directory": "/data/digits"}%s}
        """;

    var scheduled = server.post("/api/v1/runs", file.formatted(""));
    var now = server.post("/api/v1/runs", file.formatted(", \"now\": true"));

    assertThat(scheduled.statusCode()).isEqualTo(201);
    assertThat(scheduled.body())
        .contains("\"schedule\":\"digits\"", "\"next\":\"2026-11-22T19:00:00Z\"", "line 1 is odd");
    var moved = server.post("/api/v1/runs", file.formatted("").replace("/data/", "/other/"));

    assertThat(moved.statusCode()).isEqualTo(200);
    assertThat(moved.body())
        .contains("it takes the place of the schedule `digits` of /data/digits (0 * * * *)");
    assertThat(now.body()).contains("\"id\":\"digits-x7k2p\"");
    assertThat(server.runs.order).hasSize(1);
    assertThat(server.asked).containsExactly("schedules", "schedules");
  }

  @Test
  void anUnknownWishNamesTheNearest() throws Exception {
    var body =
        oneLiner("x7k2p", "python a.py").replaceFirst("\\{", "{\"set\": {\"cpus\": \"1\"}, ");

    var answer = server.post("/api/v1/runs", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("`cpus` cannot be set for a run", "did you mean `cpu`?");
  }
}
