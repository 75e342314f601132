package ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.experiment.ExperimentBook;
import ferry.experiment.ExperimentEvent;
import ferry.experiment.ExperimentSummary;
import ferry.run.RunId;
import ferry.search.Goal;
import ferry.server.http.Guard;
import ferry.server.http.HttpFront;
import ferry.server.http.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ExperimentChartsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final RunId ID = new RunId("digits-bbbbb");

  private final List<ExperimentEvent> events = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpFront front;

  @BeforeEach
  void open() {
    var routes = new ExperimentCharts(book()).routes();
    front =
        new HttpFront(
            0,
            new Router(routes),
            port -> new Guard(Set.of("127.0.0.1:" + port), "token", _ -> false),
            () -> {});
    front.open();
  }

  @AfterEach
  void close() {
    front.close();
    client.close();
  }

  /** One experiment, and what happened to it. */
  private ExperimentBook book() {
    return new NoExperiments() {
      @Override
      public List<RunId> startingWith(String prefix) {
        return ID.value().startsWith(prefix) ? List.of(ID) : List.of();
      }

      @Override
      public Optional<ExperimentSummary> find(RunId id) {
        return Optional.of(summary());
      }

      @Override
      public List<ExperimentEvent> events(RunId id) {
        return events;
      }
    };
  }

  private static ExperimentSummary summary() {
    return new ExperimentSummary(
        ID,
        "digits",
        ExperimentSummary.State.RUNNING,
        "",
        List.of(),
        "accuracy",
        "",
        Goal.MAXIMIZE,
        "random",
        64,
        Map.of(),
        OptionalInt.empty(),
        NOON,
        Optional.empty(),
        0,
        List.of());
  }

  private void reported(int trial, OptionalDouble length, double value) {
    events.add(new ExperimentEvent.Reported(NOON, trial, "train/1", 0, length, value));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var address = "http://127.0.0.1:" + front.port() + "/api/v1/experiments/" + path;
    var request =
        HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer token");
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aCurveHasWhatItsTrialReportedByLength() throws Exception {
    events.add(new ExperimentEvent.Begun(NOON));
    reported(1, OptionalDouble.of(10), 0.5);
    reported(2, OptionalDouble.empty(), 0.25);
    reported(1, OptionalDouble.of(20), Double.NaN);
    reported(2, OptionalDouble.empty(), 0.75);

    assertThat(get("digits/curves").body())
        .isEqualTo(
            """
            {"trials":[{"number":1,"lengths":[10.0,20.0],"values":[0.5,"NaN"]},\
            {"number":2,"lengths":[1.0,2.0],"values":[0.25,0.75]}]}\
            """);
  }

  @Test
  void aLongCurveIsThinnedAndKeepsItsPeak() throws Exception {
    for (int i = 0; i < 1000; i++) {
      reported(1, OptionalDouble.of(i), i == 600 ? 9 : 0.5);
    }

    var answer = get("digits/curves?points=40").body();

    assertThat(answer.split("0\\.5", -1)).hasSizeLessThan(42);
    assertThat(answer).contains("9.0").contains("600.0");
  }

  @Test
  void anExperimentThatIsNotThereIsSaidSo() throws Exception {
    assertThat(get("other/curves").statusCode()).isEqualTo(404);
    assertThat(get("other/importance").statusCode()).isEqualTo(404);
  }
}
