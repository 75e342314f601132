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
import org.junit.jupiter.params.provider.ValueSource;

/** MLflow's API over a real store and a real line, where it can be said without MLflow's client. */
abstract class MlflowApiContract {
  private static final Pattern TOKEN = Pattern.compile("\"next_page_token\":\"([^\"]+)\"");
  private static final Pattern STEP = Pattern.compile("\"step\":\"?([0-9]+)");
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
        "/runs/update | {'run_id': 'RUN', 'end_time': 9223372036854775807}",
        "/runs/create | {'experiment_id': '0', 'start_time': 9223372036854775807}",
        "/runs/create | {'experiment_id': '0', 'start_time': -5}",
        "/runs/create | {'experiment_id': '0', 'run_name': '300x'}",
        "/runs/create | {'experiment_id': '0', 'user_id': '300x'}",
        "/runs/create | {'experiment_id': '0', 'tags': [1001t]}",
        "/runs/update | {'run_id': 'RUN', 'run_name': '300x'}",
        "/runs/set-tag | {'run_id': 'RUN', 'key': 'mlflow.runName', 'value': '300x'}",
        "/runs/log-inputs | {'run_id': 'RUN', 'datasets': [{'dataset': {'name': 'd', 'digest':"
            + " '1', 'source': '66000x'}}]}",
        "/registered-models/create | {'name': 'm', 'description': '6000x'}",
        "/logged-models | {'experiment_id': '0', 'name': '600x'}",
        "/model-versions/create | {'name': 'm', 'source': '/etc'}",
        "/model-versions/create | {'name': 'm', 'source': 'FILE:///etc'}",
        "/model-versions/create | {'name': 'm', 'source': 'file:x'}",
        "/model-versions/create | {'name': 'm', 'source': '../x'}",
        "/model-versions/create | {'name': 'm', 'source': 'here/x'}",
        "/model-versions/create | {'name': 'm', 'source': 'mlflow-artifacts:/1/%2e%2e/x'}",
        "/model-versions/create | {'name': 'm', 'source': 'mlflow-artifacts:/1/%252E%252E%252fx'}",
        "/experiments/create | {'name': ''}"
      })
  void aMistakeOfTheClientIsInvalid(String path, String body) throws Exception {
    var answer = post(path, written(body, run()));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).hasSizeLessThan(1000);
    assertThat(answer.body()).contains("\"error_code\":\"INVALID_PARAMETER_VALUE\"");
  }

  /** As JSON; {@code 300x} stands for so many letters, {@code 1001t} for so many tags. */
  private static String written(String body, String run) {
    var tags =
        IntStream.range(0, 1001)
            .mapToObj(i -> "{'key': 'k" + i + "', 'value': 'v'}")
            .collect(Collectors.joining(","));
    var tagged = body.replace("RUN", run).replace("1001t", tags).replace('\'', '"');
    return Pattern.compile("([0-9]+)x\"")
        .matcher(tagged)
        .replaceAll(found -> "x".repeat(Integer.parseInt(found.group(1))) + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dummy-source", "s3://bucket/a..b/100%", "runs:/x/model", "models:/m/1"})
  void aVersionComesFromWhereOthersReachIt(String source) throws Exception {
    post("/registered-models/create", "{\"name\": \"m\"}");
    var body = "{\"name\": \"m\", \"source\": \"%s\"}".formatted(source);

    assertThat(post("/model-versions/create", body).body()).contains("\"version\":\"1\"");
  }

  @Test
  void whatIsMuchIsNotRepeatedInAnError() throws Exception {
    var body = "{\"experiment_ids\": [\"0\"], \"order_by\": [\"" + "x".repeat(100_000) + "\"]}";
    var answer = post("/runs/search", body).body();

    assertThat(answer).contains("Invalid attribute key 'xxx", "Valid keys are '[artifact_uri, ");
    assertThat(answer).contains("an order looks like this: metrics.accuracy DESC");
    assertThat(answer).hasSizeLessThan(1000);
  }

  /** Each run holds 600 kB; a page ends at some 8 MB, and the next goes on there. */
  @Test
  void aPageOfLargeRunsIsCutAndTheNextGoesOnThere() throws Exception {
    var params =
        IntStream.range(0, 100)
            .mapToObj(i -> "{\"key\":\"p" + i + "\",\"value\":\"" + "x".repeat(6000) + "\"}")
            .collect(Collectors.joining(",", "\"params\":[", "]}"));
    for (int i = 0; i < 16; i++) {
      post("/runs/log-batch", "{\"run_id\":\"" + run() + "\"," + params);
    }

    var first = post("/runs/search", "{\"experiment_ids\": [\"0\"]}").body();
    var token = TOKEN.matcher(first);
    assertThat(first).hasSizeLessThan(9_000_000);
    assertThat(token.find()).isTrue();
    var again = "{\"experiment_ids\": [\"0\"], \"page_token\": \"" + token.group(1) + "\"}";
    var second = post("/runs/search", again).body();

    assertThat(second).doesNotContain("next_page_token");
    assertThat(count(RUN_ID, first) + count(RUN_ID, second)).isEqualTo(16);
  }

  @Test
  void aLongHistoryIsToldInPages() throws Exception {
    var run = run();
    var key = "m".repeat(250);
    for (int i = 0; i < 25; i++) {
      post("/runs/log-batch", history(run, key, i * 1000));
    }

    var path = "/mlflow/metrics/get-history?run_id=" + run + "&metric_key=" + key;
    var first = get(path).body();
    var token = TOKEN.matcher(first);
    assertThat(first).hasSizeLessThan(9_000_000);
    assertThat(token.find()).isTrue();
    var second = get(path + "&page_token=" + token.group(1)).body();

    assertThat(second).doesNotContain("next_page_token");
    assertThat(count(STEP, first) + count(STEP, second)).isEqualTo(25_000);
  }

  private static String history(String run, String key, int from) {
    return IntStream.range(from, from + 1000)
        .mapToObj(i -> "{\"key\":\"" + key + "\",\"value\":1,\"timestamp\":1,\"step\":" + i + "}")
        .collect(Collectors.joining(",", "{\"run_id\":\"" + run + "\",\"metrics\":[", "]}"));
  }

  private static long count(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).distinct().count();
  }

  @Test
  void theHistoryOfModelsHasBounds() throws Exception {
    var run = run();
    var model = "{\\\"x\\\":\\\"" + "y".repeat(600_000) + "\\\"}";
    var body = "{\"run_id\":\"" + run + "\",\"model_json\":\"" + model + "\"}";

    assertThat(post("/runs/log-model", body).statusCode()).isEqualTo(200);
    assertThat(post("/runs/log-model", body).body())
        .contains("INVALID_PARAMETER_VALUE", "at most 1000000");
  }

  @Test
  void aMissingTagIsToldWithThoseThatAreThere() throws Exception {
    var run = run();
    post("/runs/set-tag", "{\"run_id\":\"" + run + "\",\"key\":\"colour\",\"value\":\"red\"}");

    var body = "{\"run_id\":\"" + run + "\",\"key\":\"%s\"}";
    assertThat(post("/runs/delete-tag", body.formatted("color")).body())
        .contains("there is no tag `color`; did you mean `colour`?");
    assertThat(post("/runs/delete-tag", body.formatted("team")).body())
        .contains("there is no tag `team`; there is `colour`");
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
