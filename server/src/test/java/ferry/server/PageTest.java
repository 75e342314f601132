package ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageTest {
  @TempDir private Path directory;
  private TestServer server;

  @BeforeEach
  void build() throws Exception {
    Files.createDirectories(directory.resolve("ui/assets"));
    Files.writeString(directory.resolve("ui/index.html"), "<title>Ferry</title>");
    Files.writeString(directory.resolve("ui/assets/index-a1.js"), "live()");
    Files.writeString(directory.resolve("secret.js"), "hunter2");
    server = new TestServer(directory.resolve("ui"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> bare(String path) throws Exception {
    return server.send(HttpRequest.newBuilder(server.request(path).build().uri()));
  }

  private HttpResponse<String> signIn(String code) throws Exception {
    var request = HttpRequest.newBuilder(server.request("/api/v1/session").build().uri());
    var body = HttpRequest.BodyPublishers.ofString("{\"code\": \"" + code + "\"}");
    return server.send(request.POST(body));
  }

  private HttpResponse<String> runsWith(String token) throws Exception {
    var request = server.request("/api/v1/runs");
    return server.send(request.setHeader("Authorization", "Bearer " + token));
  }

  /** What stands in a link after `?code=`. */
  private String code() throws Exception {
    var path = server.post("/api/v1/links", "{}").body().split("\"")[3];
    return path.substring("?code=".length());
  }

  private static String token(HttpResponse<String> answer) {
    return answer.body().split("\"")[3];
  }

  @Test
  void thePageIsForAnybodyAndLoadsNothingFromElsewhere() throws Exception {
    var page = bare("/");

    assertThat(page.body()).isEqualTo("<title>Ferry</title>");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self'");
    assertThat(bare("/assets/index-a1.js").body()).isEqualTo("live()");
    assertThat(bare("/assets/index-a1.js").headers().firstValue("Content-Type"))
        .contains("text/javascript; charset=utf-8");
  }

  @Test
  void nothingBesideThePageCanBeHad() throws Exception {
    assertThat(bare("/assets/..%2F..%2Fsecret.js").statusCode()).isEqualTo(404);
    assertThat(bare("/assets/%2E%2E").statusCode()).isEqualTo(404);
    assertThat(bare("/assets/none.js").statusCode()).isEqualTo(404);
    assertThat(bare("/secret.js").statusCode()).isEqualTo(401);
  }

  @Test
  void aPageThatWasNotBuiltSaysHow() throws Exception {
    Files.delete(directory.resolve("ui/index.html"));

    assertThat(bare("/").body()).contains("<code>./ferry ui</code> builds it");
  }

  @Test
  void aLinkSignsInOnce() throws Exception {
    var code = code();
    var first = signIn(code);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(runsWith(token(first)).statusCode()).isEqualTo(200);
    assertThat(signIn(code).statusCode()).isEqualTo(403);
    assertThat(signIn(code).body()).contains("have another one made with `ferry ui`");
  }

  @Test
  void aLinkIsGoodForFiveMinutes() throws Exception {
    var code = code();
    server.clock.updateAndGet(now -> now.plus(Sessions.CODE_LIFE).plusSeconds(1));

    assertThat(signIn(code).statusCode()).isEqualTo(403);
  }

  @Test
  void aPageThatWasNotSeenForAWeekIsSignedOut() throws Exception {
    var token = token(signIn(code()));
    server.clock.updateAndGet(now -> now.plus(Duration.ofDays(6)));
    assertThat(runsWith(token).statusCode()).isEqualTo(200);
    server.clock.updateAndGet(now -> now.plus(Duration.ofDays(6)));
    assertThat(runsWith(token).statusCode()).isEqualTo(200);

    server.clock.updateAndGet(now -> now.plus(Duration.ofDays(8)));
    assertThat(runsWith(token).statusCode()).isEqualTo(401);
  }

  @Test
  void nobodyMakesALinkWithoutTheToken() throws Exception {
    var request = HttpRequest.newBuilder(server.request("/api/v1/links").build().uri());

    assertThat(server.send(request.POST(HttpRequest.BodyPublishers.noBody())).statusCode())
        .isEqualTo(401);
  }
}
