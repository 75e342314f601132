package ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.tracking.ResourceSamples.Sample;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What whoever looks after a server asks of it. */
class UpkeepTest {
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aServerThatCanDoItsWorkIsReady() throws Exception {
    assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(server.get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
  }

  @Test
  void aJournalThatCannotBeWrittenMakesTheServerUnready() throws Exception {
    server.fullDisk.set(true);
    assertThatThrownBy(() -> server.journal.append(List.of())).hasMessageContaining("disk");

    var ready = server.get("/health/ready");

    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("\"status\":\"unready\"").contains("disk");
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);

    server.fullDisk.set(false);
    server.journal.append(List.of());
    assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void aServerThatDecidesNothingAnyMoreIsNotAlive() throws Exception {
    server.broken = java.util.Optional.of("its engine has ended");

    assertThat(server.get("/health/live").statusCode()).isEqualTo(503);
    assertThat(server.get("/health/ready").body()).contains("its engine has ended");
  }

  @Test
  void theMetricsAreForTheirOwnTokenAlone() throws Exception {
    var theirs =
        HttpRequest.newBuilder(server.request("/metrics").build().uri())
            .header("Authorization", "Bearer scraper");

    assertThat(server.get("/metrics").statusCode()).isEqualTo(401);
    var metrics = server.send(theirs);

    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(metrics.body())
        .contains("ferry_build_info{version=\"0.1.0\"} 1\n")
        .contains("# TYPE ferry_journal_append_seconds histogram\n")
        .contains("ferry_journal_append_seconds_bucket{le=\"+Inf\"} 0\n")
        .contains("ferry_runs{state=\"running\"} 0\n");
    assertThat(metrics.body().lines())
        .allMatch(line -> line.matches("# (HELP|TYPE) .+|[a-z_]+(\\{[^}]+})? [0-9.e+-]+"));
  }

  @Test
  void theTokenOfTheMetricsOpensNothingElse() throws Exception {
    var other =
        HttpRequest.newBuilder(server.request("/api/v1/runs").build().uri())
            .header("Authorization", "Bearer scraper");

    assertThat(server.send(other).statusCode()).isEqualTo(401);
  }

  @Test
  void aTextIsFoundInTheLogsOfAllRunsWithItsPlace() throws Exception {
    var one = server.submit("bbbbb", "train");
    var two = server.submit("ccccc", "train");
    started(one);
    started(two);
    server.logs.print(new AttemptId(one, "train", 1), "begins\nloss é nan\nLoss again\n");
    server.logs.print(new AttemptId(two, "train", 1), "x".repeat(300_000) + "\nloss at the end");

    var found = server.get("/api/v1/logs?text=loss");

    assertThat(found.body())
        .contains(
            "{\"run\":\"digits-bbbbb\",\"step\":\"train\",\"attempt\":1,\"line\":2,\"from\":7,"
                + "\"text\":\"loss é nan\"}")
        .contains("\"line\":2,\"from\":300001,\"text\":\"loss at the end\"}")
        .contains("\"complete\":true")
        .doesNotContain("Loss again");
    assertThat(server.get("/api/v1/logs?text=loss&ignoreCase=true&run=digits-bbbbb").body())
        .contains("Loss again")
        .doesNotContain("at the end");
    assertThat(server.get("/api/v1/logs?text=loss&limit=1").body()).contains("\"complete\":false");
    assertThat(server.get("/api/v1/logs").statusCode()).isEqualTo(400);
  }

  private void started(RunId run) {
    server.runs.happens(
        run, new ferry.run.RunEvent.Launching("train", 1, TestServer.NOW, "machine"));
    server.runs.happens(run, new ferry.run.RunEvent.Started("train", 1, TestServer.NOW));
  }

  @Test
  void samplesComeAsColumns() throws Exception {
    var run = server.submit("bbbbb", "train");
    started(run);
    var none = server.get("/api/v1/runs/digits-bbbbb/steps/train/resources");
    server.samples =
        List.of(
            new Sample(
                Instant.ofEpochMilli(1000),
                99.5,
                4096,
                OptionalDouble.empty(),
                OptionalLong.empty()),
            new Sample(
                Instant.ofEpochMilli(3000),
                150,
                8192,
                OptionalDouble.of(70),
                OptionalLong.of(512)));

    var two = server.get("/api/v1/runs/digits-bbbbb/steps/train/resources");

    assertThat(none.body()).contains("\"note\":\"the first sample is taken after two seconds\"");
    assertThat(two.body())
        .isEqualTo(
            "{\"attempt\":1,\"cpus\":2.0,\"memoryBytes\":1073741824,\"intervalSeconds\":2.0,"
                + "\"samples\":{\"at\":[1000,3000],\"cpu\":[99.5,150.0],\"memory\":[4096,8192],"
                + "\"gpu\":[0.0,70.0],\"gpuMemory\":[0,512]}}");
  }
}
