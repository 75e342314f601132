package ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ferry.run.AttemptId;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.Usage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventsTest {
  private static final Instant THEN = Instant.EPOCH;

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private void starts(RunId run, String step) {
    server.runs.happens(
        run, new RunEvent.Launching(step, 1, THEN, "machine"), new RunEvent.Started(step, 1, THEN));
  }

  private void ends(RunId run, String step) {
    server.runs.happens(
        run, new RunEvent.Ended(step, 1, THEN, Outcome.Succeeded.PLAIN, Usage.UNKNOWN));
  }

  private static List<String> names(String stream) {
    return stream.lines().filter(line -> line.startsWith("event: ")).toList();
  }

  @Test
  void aRunThatHasEndedIsToldWholeAndIsOver() throws Exception {
    var run = server.submit("aaaaa", "true");
    starts(run, "true");
    ends(run, "true");

    var stream = server.get("/api/v1/runs/" + run + "/events");

    assertThat(names(stream.body())).containsExactly("event: run", "event: end");
    assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(stream.body()).contains("\"state\":\"succeeded\"");
  }

  @Test
  void changesAreToldAsTheyComeUntilTheEnd() throws Exception {
    var run = server.submit("aaaaa", "true");
    try (var stream = new Stream("/api/v1/runs/" + run + "/events")) {
      assertThat(stream.next("run")).contains("\"state\":\"waiting\"", "\"id\":\"digits-aaaaa\"");

      starts(run, "true");
      assertThat(stream.next("step")).contains("\"name\":\"true\"", "\"state\":\"running\"");
      assertThat(stream.next("run")).isEqualTo("{\"state\":\"running\",\"reason\":\"\"}");

      ends(run, "true");
      assertThat(stream.next("step")).contains("\"state\":\"succeeded\"");
      assertThat(stream.next("end")).contains("\"state\":\"succeeded\"", "\"done\":1");
    }
  }

  @Test
  void whatKeepsARunFromGoingOnIsToldOnceAndSoIsItsEnd() throws Exception {
    var run = server.submit("aaaaa", "true");
    try (var stream = new Stream("/api/v1/runs/" + run + "/events")) {
      server.runs.troubles.put(run, "the disk is full");
      assertThat(stream.next("trouble")).isEqualTo("{\"reason\":\"the disk is full\"}");

      server.runs.troubles.remove(run);
      assertThat(stream.next("trouble")).isEqualTo("{\"reason\":\"\"}");
    }
  }

  @Test
  void logsComeBeforeTheEndOfTheirStep() throws Exception {
    var run = server.submit("aaaaa", "true");
    starts(run, "true");
    server.logs.print(new AttemptId(run, "true", 1), "epoch 1\n");
    try (var stream = new Stream("/api/v1/runs/" + run + "/events?logs=true")) {
      assertThat(stream.next("log"))
          .isEqualTo("{\"step\":\"true\",\"attempt\":1,\"text\":\"epoch 1\\n\",\"next\":8}");
      server.logs.print(new AttemptId(run, "true", 1), "epoch 2");
      ends(run, "true");
      assertThat(stream.next("log")).contains("epoch 2");
      assertThat(stream.next("step")).contains("succeeded");
    }
  }

  @Test
  void aCharacterIsNeverCutInTwo() throws Exception {
    var run = server.submit("aaaaa", "true");
    starts(run, "true");
    var attempt = new AttemptId(run, "true", 1);
    server.logs.print(attempt, new byte[] {'a', (byte) 0xED, (byte) 0x95});
    try (var stream = new Stream("/api/v1/runs/" + run + "/events?logs=true")) {
      assertThat(stream.next("log")).contains("\"text\":\"a\",\"next\":1");
      server.logs.print(attempt, new byte[] {(byte) 0x9C});
      assertThat(stream.next("log")).contains("\"text\":\"한\",\"next\":4");
    }
  }

  @Test
  void aWatcherThatGoesAwayIsForgotten() throws Exception {
    var run = server.submit("aaaaa", "true >> true");
    try (var stream = new Stream("/api/v1/runs/" + run + "/events?logs=true")) {
      stream.next("run");
      assertThat(server.feed.watching()).isEqualTo(1);
    }
    starts(run, "true");
    server.logs.print(new AttemptId(run, "true", 1), "x".repeat(3_000_000));

    await().untilAsserted(() -> assertThat(server.feed.watching()).isZero());
  }

  /** Reads server-sent events from a socket, one by one. */
  private final class Stream implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Stream(String path) throws Exception {
      int port = server.front.port();
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(20_000);
      var request =
          "GET %s HTTP/1.0\r\nHost: localhost:%d\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(path, port, TestServer.TOKEN);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The data of the next event of that name. */
    String next(String name) throws Exception {
      var line = in.readLine();
      while (line != null && !line.equals("event: " + name)) {
        line = in.readLine();
      }
      return in.readLine().substring("data: ".length());
    }

    @Override
    public void close() throws java.io.IOException {
      socket.close();
    }
  }
}
