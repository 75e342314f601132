package ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.Usage;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RunsTest {
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private RunId ended(String key) throws Exception {
    var run = server.submit(key, "true");
    server.runs.happens(
        run,
        new RunEvent.Launching("true", 1, Instant.EPOCH, "machine"),
        new RunEvent.Started("true", 1, Instant.EPOCH),
        new RunEvent.Ended("true", 1, Instant.EPOCH, Outcome.Succeeded.PLAIN, Usage.UNKNOWN));
    return run;
  }

  @Test
  void listsGoOnFromACursor() throws Exception {
    server.submit("aaaaa", "true");
    server.submit("bbbbb", "true");
    server.submit("ccccc", "true");

    var first = server.get("/api/v1/runs?limit=2").body();
    var second = server.get("/api/v1/runs?limit=2&after=digits-bbbbb").body();

    assertThat(first).contains("digits-ccccc", "digits-bbbbb", "\"next\":\"digits-bbbbb\"");
    assertThat(second).contains("digits-aaaaa").doesNotContain("bbbbb", "next");
  }

  @Test
  void listsAreFilteredByState() throws Exception {
    ended("aaaaa");
    server.submit("bbbbb", "true");

    assertThat(server.get("/api/v1/runs?state=active").body())
        .contains("bbbbb")
        .doesNotContain("aaaaa");
    assertThat(server.get("/api/v1/runs?state=done").body()).contains("`state` is `done`");
  }

  @Test
  void aRunIsFoundByTheBeginningOfItsNameOrAsTheLatest() throws Exception {
    server.submit("aaaaa", "true");
    server.submit("abbbb", "true");

    assertThat(server.get("/api/v1/runs/digits-ab").body()).contains("\"id\":\"digits-abbbb\"");
    assertThat(server.get("/api/v1/runs/latest").body()).contains("\"id\":\"digits-abbbb\"");
    assertThat(server.get("/api/v1/runs/digits-a").body())
        .contains("is the beginning of several runs: digits-aaaaa, digits-abbbb");
    assertThat(server.get("/api/v1/runs/digits-x").body())
        .contains("there is no run `digits-x`", "\"exitCode\":3");
  }

  @Test
  void aRunIsShownWithoutTheValuesOfItsEnvironment() throws Exception {
    var run = server.submit("aaaaa", "true");

    assertThat(server.get("/api/v1/runs/" + run).body())
        .contains(
            "\"environment\":[\"PATH\"]", "\"command\":\"true\"", "\"directory\":\"/data/digits\"")
        .doesNotContain("hunter2");
  }

  @Test
  void onlyEndedRunsAreRemovedUnlessForced() throws Exception {
    var run = server.submit("aaaaa", "true");

    assertThat(server.delete("/api/v1/runs/" + run).statusCode()).isEqualTo(409);
    assertThat(server.delete("/api/v1/runs/" + run + "?force").statusCode()).isEqualTo(204);
    assertThat(server.runs.order).isEmpty();
    assertThat(server.files.deleted).containsExactly(run);
    assertThat(server.delete("/api/v1/runs/" + run).statusCode()).isEqualTo(404);
  }

  @Test
  void aRerunRepeatsCommandParametersAndEnvironment() throws Exception {
    var run = ended("aaaaa");

    var answer = server.post("/api/v1/runs/" + run + "/rerun", "{\"key\": \"bbbbb\"}");
    var again = server.post("/api/v1/runs/" + run + "/rerun", "{\"key\": \"bbbbb\"}");

    var repeated = server.runs.plan(new RunId("digits-bbbbb")).orElseThrow();
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(repeated.origin().parent()).contains(run);
    assertThat(repeated.place().environment()).containsEntry("PATH", "/hunter2");
  }

  @Test
  void aDiffNamesWhatDiffers() throws Exception {
    server.submit("aaaaa", "python a.py");
    server.submit("bbbbb", "python b.py");

    var diff = server.get("/api/v1/runs/digits-bbbbb/diff").body();

    assertThat(diff)
        .startsWith("{\"left\":\"digits-aaaaa\",\"right\":\"digits-bbbbb\"")
        .contains("{\"what\":\"command\",\"name\":\"a\",\"left\":\"python a.py\"}")
        .contains("{\"what\":\"command\",\"name\":\"b\",\"right\":\"python b.py\"}");
  }

  @Test
  void schedulesArePausedContinuedAndRemoved() throws Exception {
    server.post(
        "/api/v1/runs",
        """
        {"kind": "file", "text": "schedule: 0 * * * *\\ntrue", "place": {"directory": "/data"}}
        """);

    assertThat(server.post("/api/v1/schedules/digits/pause", "").body())
        .contains("\"paused\":true")
        .doesNotContain("next");
    assertThat(server.post("/api/v1/schedules/digits/continue", "").body())
        .contains("\"next\":\"2026-11-22T19:00:00Z\"");
    assertThat(server.delete("/api/v1/schedules/digits").statusCode()).isEqualTo(204);
    assertThat(server.get("/api/v1/schedules").body()).isEqualTo("{\"schedules\":[]}");
    assertThat(server.delete("/api/v1/schedules/digits").statusCode()).isEqualTo(404);
  }

  @Test
  void aRerunWithAParameterThatThereIsNotNamesTheNearest() throws Exception {
    server.post(
        "/api/v1/runs",
        TestServer.oneLiner("aaaaa", "echo {rate}")
            .replaceFirst("\\{", "{\"params\": {\"rate\": \"1\"}, "));

    var answer =
        server.post(
            "/api/v1/runs/digits-aaaaa/rerun",
            "{\"key\": \"bbbbb\", \"params\": {\"rat\": \"2\"}}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("the workflow has no parameter `rat`", "did you mean `rate`?", "\"exitCode\":2");
  }

  @Test
  void whereThereAreNoRunsOrNoneOfThatNameTheWayOutIsSaid() throws Exception {
    assertThat(server.get("/api/v1/runs/latest").body())
        .contains("there are no runs yet", "ferry run", "\"exitCode\":3");

    server.submit("aaaaa", "echo 1");

    assertThat(server.get("/api/v1/runs/nothing").body())
        .contains("there is no run `nothing`", "`ferry runs` lists the runs");
    assertThat(server.get("/api/v1/runs/latst").body()).contains("did you mean `latest`?");
    assertThat(server.get("/api/v1/runs/echo").body())
        .contains(
            "there is no run `echo`",
            "it is a step of the latest run, `digits-aaaaa`: name that",
            "`ferry logs digits-aaaaa echo`",
            "\"exitCode\":3");
  }

  @Test
  void aRunKeepsWhatItsSubmitterWasWarnedOf() throws Exception {
    server.post(
        "/api/v1/runs",
        TestServer.oneLiner("aaaaa", "true")
            .replaceFirst("\\{", "{\"params\": {\"rate\": \"1\"}, "));

    assertThat(server.get("/api/v1/runs/latest").body())
        .contains("\"warnings\":[\"no command uses the parameter `rate`;");
  }
}
