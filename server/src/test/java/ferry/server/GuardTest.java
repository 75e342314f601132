package ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GuardTest {
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  /** Sends bytes as they are, and answers the first line that comes back. */
  private String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.front.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.lines().findFirst().orElse("nothing");
    }
  }

  private String withHost(String host) throws IOException {
    return raw(
        "GET /api/v1/runs HTTP/1.1\r\n"
            + host
            + "Authorization: Bearer "
            + TestServer.TOKEN
            + "\r\nConnection: close\r\n\r\n");
  }

  @Test
  void anotherHostIsRefusedEvenWithTheToken() throws Exception {
    assertThat(withHost("Host: evil.example:" + server.front.port() + "\r\n"))
        .isEqualTo("HTTP/1.1 403 Forbidden");
    assertThat(withHost("Host: 127.0.0.1\r\n")).isEqualTo("HTTP/1.1 403 Forbidden");
    assertThat(withHost("")).isEqualTo("HTTP/1.1 403 Forbidden");
    var twice = "Host: localhost:" + server.front.port() + "\r\n";
    assertThat(withHost(twice + twice)).isEqualTo("HTTP/1.1 403 Forbidden");
  }

  @Test
  void localhostIsThisServer() throws Exception {
    assertThat(withHost("Host: LocalHost:" + server.front.port() + "\r\n"))
        .isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void aPageOfAnotherAddressIsRefusedEvenWithTheToken() throws Exception {
    var host = "Host: localhost:" + server.front.port() + "\r\n";

    assertThat(withHost(host + "Origin: http://evil.example\r\n"))
        .isEqualTo("HTTP/1.1 403 Forbidden");
    assertThat(withHost(host + "Origin: http://127.0.0.1:1\r\nSec-Fetch-Site: same-site\r\n"))
        .isEqualTo("HTTP/1.1 403 Forbidden");
    assertThat(withHost(host + "Origin: null\r\n")).isEqualTo("HTTP/1.1 403 Forbidden");
  }

  @Test
  void itsOwnPageIsAnsweredAlsoBehindAProxy() throws Exception {
    var host = "Host: localhost:" + server.front.port() + "\r\n";

    assertThat(withHost(host + "Origin: http://localhost:" + server.front.port() + "\r\n"))
        .isEqualTo("HTTP/1.1 200 OK");
    assertThat(withHost(host + "Origin: https://hub.example\r\nSec-Fetch-Site: same-origin\r\n"))
        .isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void aWrongTokenIsRefused() throws Exception {
    var answer = server.send(server.request("/api/v1/runs").setHeader("Authorization", "Bearer x"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(answer.body())
        .contains("the token is not this server's")
        .doesNotContain(TestServer.TOKEN);
  }

  @Test
  void withoutATokenNothingIsSaidOfWhatIsThere() throws Exception {
    var bare = HttpRequest.newBuilder(server.request("/api/v1/nowhere").build().uri());
    var known = HttpRequest.newBuilder(server.request("/api/v1/runs").build().uri());

    assertThat(server.send(bare).statusCode()).isEqualTo(401);
    assertThat(server.send(known).statusCode()).isEqualTo(401);
  }

  @Test
  void healthNeedsNoTokenAndTellsNothingElse() throws Exception {
    var bare = HttpRequest.newBuilder(server.request("/health").build().uri());

    assertThat(server.send(bare).body()).isEqualTo("{\"status\":\"ok\"}");
  }

  @Test
  void anUnknownMethodIsAnsweredInWords() throws Exception {
    var answer =
        server.send(
            server.request("/api/v1/runs").method("BREW", HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.body()).contains("`BREW` cannot be done here; expected POST or GET");
  }
}
