package ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.AttemptId;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.Usage;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LogTest {
  private final TestServer server = new TestServer();
  private RunId run;
  private AttemptId attempt;

  @BeforeEach
  void aRunningStep() throws Exception {
    run = server.submit("aaaaa", "true");
    attempt = new AttemptId(run, "true", 1);
    server.runs.happens(
        run,
        new RunEvent.Launching("true", 1, Instant.EPOCH, "machine"),
        new RunEvent.Started("true", 1, Instant.EPOCH));
    server.logs.print(attempt, "one\ntwo\nthree\n");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private String path(String query) {
    return "/api/v1/runs/" + run + "/steps/true/log" + query;
  }

  @Test
  void theWholeLogSaysWhereToGoOn() throws Exception {
    var answer = server.get(path(""));

    assertThat(answer.body()).isEqualTo("one\ntwo\nthree\n");
    assertThat(answer.headers().firstValue("X-Ferry-Next")).contains("14");
  }

  @Test
  void aRangeAndTheLastLinesCanBeAsked() throws Exception {
    assertThat(server.get(path("?from=4")).body()).isEqualTo("two\nthree\n");
    assertThat(server.get(path("?tail=1")).body()).isEqualTo("three\n");
    assertThat(server.get(path("?from=1000")).body()).isEmpty();
  }

  @Test
  void followingEndsWithTheAttempt() throws Exception {
    var followed = CompletableFuture.supplyAsync(() -> get(path("?follow&from=8")));
    server.logs.print(attempt, "four\n");
    server.runs.happens(
        run, new RunEvent.Ended("true", 1, Instant.EPOCH, Outcome.Succeeded.PLAIN, Usage.UNKNOWN));

    assertThat(followed.get()).isEqualTo("three\nfour\n");
  }

  @Test
  void followingAStepGoesOnWithItsNextAttempt() throws Exception {
    try (var followed = server.stream(path("?follow"))) {
      assertThat(followed.readNBytes(14)).asString().isEqualTo("one\ntwo\nthree\n");
      server.runs.happens(
          run,
          new RunEvent.Ended("true", 1, Instant.EPOCH, new Outcome.Lost("killed"), Usage.UNKNOWN),
          new RunEvent.RetryRequested(Instant.EPOCH),
          new RunEvent.Launching("true", 2, Instant.EPOCH, "machine"),
          new RunEvent.Started("true", 2, Instant.EPOCH));
      server.logs.print(new AttemptId(run, "true", 2), "four\n");
      server.runs.happens(
          run,
          new RunEvent.Ended("true", 2, Instant.EPOCH, Outcome.Succeeded.PLAIN, Usage.UNKNOWN));

      assertThat(followed.readAllBytes()).asString().isEqualTo("four\n");
    }
  }

  private String get(String path) {
    try {
      return server.get(path).body();
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsNotThereIsNamed() throws Exception {
    assertThat(server.get(path("?attempt=7")).body()).contains("there is no attempt `true/7`");
    assertThat(server.get(path("?from=-1")).body())
        .contains("`from` is `-1`; expected a whole number");
    var step = server.get("/api/v1/runs/" + run + "/steps/ture/log");
    assertThat(step.statusCode()).isEqualTo(404);
    assertThat(step.body())
        .contains("there is no step `ture`", "did you mean `true`?", "\"exitCode\":3");
  }

  @Test
  void anUnknownStepNamesTheNearest() throws Exception {
    assertThat(server.get("/api/v1/runs/" + run + "/steps/treu/log").body())
        .contains("there is no step `treu`", "did you mean `true`?", "\"exitCode\":3");
    assertThat(server.get("/api/v1/runs/" + run + "/steps/evaluate/log").body())
        .contains("there is no step `evaluate`", "there is `true`");
  }
}
