package ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MalformedTest {
  private static final int MUTATIONS = 1500;

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{\"kind\": \"one-liner\"",
        "{} {}",
        "{\"kind\": 1, \"kind\": 2}",
        "{\"kind\": \"one-liner\", \"text\": [\"a\"], \"place\": {\"directory\": \"/\"}}",
        "{\"kind\": \"one-liner\", \"text\": \"a\", \"place\": \"/\"}",
        "{\"kind\": \"one-liner\", \"text\": \"a\", \"place\": {\"directory\": \"here\"}}",
        "{\"kind\": \"rerun\", \"text\": \"a\", \"place\": {\"directory\": \"/\"}}",
        "{\"kind\": \"exec\", \"argv\": [], \"place\": {\"directory\": \"/\"}}",
        "{\"kind\": \"exec\", \"argv\": [\"a\"], \"key\": \"../..\", \"place\": {\"directory\":"
            + " \"/\"}}"
      })
  void aRequestThatCannotBeUnderstoodIsTheUsersError(String body) throws Exception {
    var answer = server.post("/api/v1/runs", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"error\":{\"code\":").contains("\"exitCode\":2");
  }

  @Test
  void deepNestingIsRefused() throws Exception {
    assertThat(server.post("/api/v1/runs", "{\"a\":".repeat(100_000)).statusCode()).isEqualTo(400);
  }

  @Test
  void aBodyTooLargeIsRefusedAndItsSenderReadsWhy() throws Exception {
    var answer = server.post("/api/v1/runs", "x".repeat(50 << 20));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("the request holds more than 16,777,216 bytes");
  }

  @Test
  void valuesWithoutNumberAreRefusedBeforeTheyFillTheMemory() throws Exception {
    var answer = server.post("/api/v1/runs", "{\"a\": [" + "{},".repeat(600_000) + "{}]}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("the request's JSON holds more than 500,000 values");
  }

  @Test
  void whoNeedsNoTokenMayNotSendMuch() throws Exception {
    var answer = server.post("/api/v1/session", "{\"code\": \"" + "x".repeat(5000) + "\"}");

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  /** The JDK's server takes no more than 512 connections at once. */
  @Test
  void requestsThatBreakOffLeaveNothingBehind() throws Exception {
    for (int i = 0; i < 600; i++) {
      breakOff();
    }

    assertThat(server.get("/api/v1/runs").statusCode()).isEqualTo(200);
  }

  private void breakOff() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.front.port())) {
      var text =
          ("POST /api/v1/runs HTTP/1.1\r\nHost: localhost:%d\r\nAuthorization: Bearer %s\r\n"
                  + "Content-Length: 1000\r\n\r\n{")
              .formatted(server.front.port(), TestServer.TOKEN);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }

  @Test
  void aBodyOfUnknownLengthIsBoundedToo() throws Exception {
    var parts =
        HttpRequest.BodyPublishers.ofByteArrays(
            java.util.Collections.nCopies(20, new byte[1 << 20]));

    assertThat(server.send(server.request("/api/v1/runs").POST(parts)).statusCode()).isEqualTo(413);
  }

  @Test
  void oddAddressesAreTheUsersError() throws Exception {
    assertThat(server.get("/api/v1/runs/%ff").statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v1/runs/%2e%2e%2fserver.json").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/runs?limit=9999999999999999999").statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v1/runs?after=NO_RUN").statusCode()).isEqualTo(400);
    assertThat(server.get("/nothing").statusCode()).isEqualTo(404);
  }

  /** Every byte may be hit; whatever comes of it, it is no fault of the server. */
  @Test
  void mutatedRequestsNeverFailTheServer() throws Exception {
    var good =
        """
        {"kind": "one-liner", "key": "x7k2p", "text": "a >> [b, 'c' >> d] >> name: e {x}",
         "params": {"x": "1"}, "set": {"cpu": "1", "memory": "1Gi", "timeout": "1m"}, "dryRun": true,
         "place": {"directory": "/data/digits", "environment": {"PATH": "/bin"}, "user": "ada"}}
        """;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      var answer = server.post("/api/v1/runs", mutated(good, new Random(seed)));

      assertThat(answer.statusCode()).as("seed %d", seed).isLessThan(500);
      assertThat(answer.body()).as("seed %d", seed).doesNotContain("at ferry.", "Exception");
    }
  }

  private static String mutated(String text, Random random) {
    var mutated = new StringBuilder(text);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(mutated.length());
      switch (random.nextInt(3)) {
        case 0 -> mutated.deleteCharAt(at);
        case 1 -> mutated.insert(at, (char) random.nextInt(0x3000));
        case 2 -> mutated.setCharAt(at, "\"\\{}[],:>\0\n".charAt(random.nextInt(11)));
        default -> throw new IllegalStateException();
      }
    }
    return mutated.toString();
  }
}
