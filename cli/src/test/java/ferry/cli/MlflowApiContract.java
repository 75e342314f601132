package ferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MLflow's API over a real store and a real line, where it can be said without MLflow's client. */
abstract class MlflowApiContract {
  private static final Pattern RUN_ID = Pattern.compile("\"run_id\":\"([0-9a-f]{32})\"");

  @TempDir private Path home;
  private final HttpClient client = HttpClient.newHttpClient();
  private MlflowPlace place;

  abstract MlflowPlace place(Path home);

  @BeforeEach
  void open() {
    place = place(home);
  }

  @AfterEach
  void close() {
    client.close();
    place.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(place.url() + path))
        .header("Authorization", "Bearer " + MlflowPlace.TOKEN);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(request("/api/2.0/mlflow" + path).POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request("/api/2.0" + path).GET());
  }

  private HttpResponse<String> put(String path, String content) throws Exception {
    return send(request("/api/2.0" + path).PUT(BodyPublishers.ofString(content)));
  }

  private String run() throws Exception {
    var match = RUN_ID.matcher(post("/runs/create", "{\"experiment_id\": \"0\"}").body());
    assertThat(match.find()).isTrue();
    return match.group(1);
  }

  @Test
  void whatIsNotThereIsNoFakeSuccess() throws Exception {
    var answer = send(request("/api/3.0/mlflow/traces").POST(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("\"error_code\":\"ENDPOINT_NOT_FOUND\"");
  }

  @Test
  void withoutATokenNothingIsAnswered() throws Exception {
    var address = URI.create(place.url() + "/api/2.0/mlflow/runs/get");
    var answer = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("\"error_code\":\"UNAUTHENTICATED\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/runs/log-metric | {'key': 'a', 'value': 1, 'timestamp': 1}",
        "/runs/log-metric | {'run_id': 'RUN', 'value': 1, 'timestamp': 1}",
        "/runs/log-metric | {'run_id': 'RUN', 'key': 'a', 'value': 'x', 'timestamp': 1}",
        "/runs/log-metric | {'run_id': 'RUN', 'key': '../a', 'value': 1, 'timestamp': 1}",
        "/runs/log-metric | {'run_id': 'RUN', 'key': 'a', 'value': 1, 'timestamp': -1}",
        "/runs/log-metric | {'run_id': 'a/b', 'key': 'a', 'value': 1, 'timestamp': 1}",
        "/runs/search | {'experiment_ids': ['0'], 'filter': 'metrics.a ~ 1'}",
        "/runs/search | {'experiment_ids': ['0'], 'max_results': 50001}",
        "/runs/search | {'experiment_ids': ['0'], 'page_token': 'nonsense'}",
        "/runs/update | {'run_id': 'RUN', 'status': 'SLEEPING'}",
        "/experiments/create | {'name': ''}"
      })
  void aMistakeOfTheClientIsInvalid(String path, String body) throws Exception {
    var answer = post(path, body.replace('\'', '"').replace("RUN", run()));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"error_code\":\"INVALID_PARAMETER_VALUE\"");
  }

  @Test
  void whatIsNoJsonIsABadRequest() throws Exception {
    assertThat(post("/runs/create", "{").body()).contains("\"error_code\":\"BAD_REQUEST\"");
    assertThat(post("/runs/create", "[]").body()).contains("\"error_code\":\"BAD_REQUEST\"");
  }

  @Test
  void aBatchHasAThousandMetricsAndNoMore() throws Exception {
    var run = run();

    assertThat(post("/runs/log-batch", batch(run, 1000)).body()).isEqualTo("{}");
    assertThat(post("/runs/log-batch", batch(run, 1001)).body())
        .contains("INVALID_PARAMETER_VALUE", "at most 1000 metrics");
  }

  private static String batch(String run, int points) {
    return IntStream.range(0, points)
        .mapToObj(i -> "{\"key\":\"m\",\"value\":" + i + ",\"timestamp\":\"" + i + "\"}")
        .collect(Collectors.joining(",", "{\"run_id\":\"" + run + "\",\"metrics\":[", "]}"));
  }

  @Test
  void oddNumbersComeBackAsTexts() throws Exception {
    var run = run();
    for (var value : List.of("\"NaN\"", "\"Infinity\"", "\"-Infinity\"")) {
      post(
          "/runs/log-metric",
          "{\"run_uuid\":\"%s\",\"key\":\"m\",\"value\":%s,\"timestamp\":5}".formatted(run, value));
    }

    assertThat(get("/mlflow/metrics/get-history?run_id=" + run + "&metric_key=m").body())
        .contains("\"value\":\"NaN\"", "\"value\":\"Infinity\"", "\"value\":\"-Infinity\"");
  }

  @Test
  void aPartOfAFileCanBeAskedFor() throws Exception {
    var path = "/mlflow-artifacts/artifacts/0/" + run() + "/artifacts/a%20b.txt";
    assertThat(put(path, "0123456789").body()).isEqualTo("{}");

    var part = send(request("/api/2.0" + path).header("Range", "bytes=2-4").GET());
    var end = send(request("/api/2.0" + path).header("Range", "bytes=-3").GET());
    var beyond = send(request("/api/2.0" + path).header("Range", "bytes=10-").GET());

    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("234");
    assertThat(part.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
    assertThat(end.body()).isEqualTo("789");
    assertThat(beyond.statusCode()).isEqualTo(416);
  }

  @ParameterizedTest
  @CsvSource({"%2e%2e/x", "a/%2e%2e/%2e%2e/x", "%2Fetc%2Fpasswd", "a%5Cb", "a%00b", "a//b", "."})
  void aPathThatWouldLeaveItsFolderIsRefused(String path) throws Exception {
    var answer = put("/mlflow-artifacts/artifacts/" + path, "x");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("INVALID_PARAMETER_VALUE");
  }

  @Test
  void aFileIsNeverShownAsAPage() throws Exception {
    var path = "/mlflow-artifacts/artifacts/0/" + run() + "/artifacts/page.html";
    put(path, "<script>alert(1)</script>");

    var answer = get(path);

    assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(answer.headers().firstValue("Content-Disposition")).contains("attachment");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void aStepWritesOnlyWhatIsItsOwn() throws Exception {
    var foreign = run();
    var body = "{\"run_id\":\"" + foreign + "\",\"key\":\"m\",\"value\":1,\"timestamp\":1}";
    var own = step("/runs/create", "{\"experiment_id\":\"0\"}");

    assertThat(own).contains("\"value\":\"hello-bbbbb_train\"");
    assertThat(step("/runs/log-metric", body)).contains("PERMISSION_DENIED");
    assertThat(step("/experiments/delete", "{\"experiment_id\":\"0\"}"))
        .contains("PERMISSION_DENIED");
  }

  @Test
  void aStepChangesNoFilesAboveOrBesideThoseOfItsRuns() throws Exception {
    put("/mlflow-artifacts/artifacts/0/" + run() + "/artifacts/a.txt", "x");
    put("/mlflow-artifacts/artifacts/0/models/m-1/artifacts/MLmodel", "x");

    assertThat(deletedByStep("0")).contains("PERMISSION_DENIED");
    assertThat(deletedByStep("0/models")).contains("PERMISSION_DENIED");
    assertThat(deletedByStep("0/models/m-1/artifacts")).contains("RESOURCE_DOES_NOT_EXIST");
    assertThat(get("/mlflow-artifacts/artifacts?path=0/models/m-1/artifacts").body())
        .contains("MLmodel");
  }

  private String deletedByStep(String path) throws IOException, InterruptedException {
    var address = place.url() + "/api/2.0/mlflow-artifacts/artifacts/";
    var request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Authorization", "Bearer " + MlflowPlace.STEP)
            .DELETE();
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }

  @Test
  void anUploadWithAnotherDigestThanItsSenderSaysIsNotKept() throws Exception {
    var path = "/mlflow-artifacts/artifacts/0/" + run() + "/artifacts/a.txt";
    var request =
        request("/api/2.0" + path)
            .header("Content-MD5", "XUFAKrxLKna5cZ2REBfFkg==")
            .PUT(BodyPublishers.ofString("hello, damaged"));

    assertThat(send(request).body()).contains("INVALID_PARAMETER_VALUE");
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void halfACharacterIsRefusedInWords() throws Exception {
    var body = "{\"run_id\":\"" + run() + "\",\"key\":\"k\",\"value\":\"\\ud800\"}";

    assertThat(post("/runs/set-tag", body).body()).contains("BAD_REQUEST", "half a character");
  }

  @Test
  void aHistoryOfModelsThatIsNoListIsBegunAnew() throws Exception {
    var id = run();
    post(
        "/runs/set-tag",
        "{\"run_id\":\"" + id + "\",\"key\":\"mlflow.log-model.history\",\"value\":\"x\"}");

    var body = "{\"run_id\":\"" + id + "\",\"model_json\":\"{}\"}";
    assertThat(post("/runs/log-model", body).statusCode()).isEqualTo(200);
    assertThat(get("/mlflow/runs/get?run_id=" + id).body()).contains("\"value\":\"[{}]\"");
  }

  private String step(String path, String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(place.url() + "/api/2.0/mlflow" + path))
            .header("Authorization", "Bearer " + MlflowPlace.STEP)
            .POST(BodyPublishers.ofString(body));
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }
}
