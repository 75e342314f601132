package ferry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** MLflow's own client for Java, as it is published, against Ferry. */
abstract class MlflowJavaClientContract {
  @TempDir private Path home;
  private MlflowPlace place;
  private MlflowClient client;

  abstract MlflowPlace place(Path home);

  @BeforeEach
  void open() {
    place = place(home);
    client = client(MlflowPlace.TOKEN);
  }

  private MlflowClient client(String token) {
    return new MlflowClient(new BasicMlflowHostCreds(place.url(), token));
  }

  @AfterEach
  void close() {
    client.close();
    place.close();
  }

  @Test
  void aRunIsLoggedAndReadBack() {
    var id = client.createRun("0").getRunId();

    client.logParam(id, "lr", "0.1");
    client.logMetric(id, "loss", 0.5, 1_700_000_000_000L, 1);
    client.logMetric(id, "loss", 0.25, 1_700_000_001_000L, 2);
    client.setTag(id, "who", "ada");
    client.setTag(id, "gone", "soon");
    client.deleteTag(id, "gone");
    client.setTerminated(id, RunStatus.FINISHED, 1_700_000_002_000L);

    Run run = client.getRun(id);
    assertThat(run.getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
    assertThat(run.getInfo().getEndTime()).isEqualTo(1_700_000_002_000L);
    assertThat(run.getInfo().getArtifactUri())
        .isEqualTo("mlflow-artifacts:/0/" + id + "/artifacts");
    assertThat(run.getData().getParamsList()).extracting(Param::getValue).containsExactly("0.1");
    assertThat(run.getData().getTagsList())
        .extracting(RunTag::getKey)
        .contains("who")
        .doesNotContain("gone");
    assertThat(run.getData().getMetricsList()).extracting(Metric::getValue).containsExactly(0.25);
    assertThat(client.getMetricHistory(id, "loss"))
        .extracting(Metric::getStep, Metric::getValue)
        .containsExactly(tuple(1L, 0.5), tuple(2L, 0.25));
  }

  @Test
  void aBatchOfAThousandIsOneRequest() {
    var id = client.createRun("0").getRunId();
    var metrics =
        IntStream.range(0, 898)
            .mapToObj(i ->
                Metric.newBuilder()
                    .setKey("m" + i % 7)
                    .setValue(i)
                    .setTimestamp(i)
                    .setStep(i)
                    .build())
            .toList();
    var param = Param.newBuilder().setKey("p").setValue("1").build();
    var tag = RunTag.newBuilder().setKey("t").setValue("2").build();

    client.logBatch(id, metrics, List.of(param), List.of(tag));

    assertThat(client.getMetricHistory(id, "m0")).hasSize(129);
    assertThat(client.getRun(id).getData().getMetricsCount()).isEqualTo(7);
  }

  @Test
  void experimentsAreMadeFoundRenamedDeletedAndRestored() {
    var id = client.createExperiment("digits");

    assertThat(client.getExperimentByName("digits").orElseThrow().getExperimentId()).isEqualTo(id);
    assertThat(client.getExperimentByName("nobody")).isEmpty();
    client.setExperimentTag(id, "team", "blue");
    client.renameExperiment(id, "digits-2");
    assertThat(client.getExperiment(id).getName()).isEqualTo("digits-2");
    assertThat(client.searchExperiments("name LIKE 'dig%'").getItems()).hasSize(1);
    client.deleteExperiment(id);
    assertThat(client.getExperiment(id).getLifecycleStage()).isEqualTo("deleted");
    client.restoreExperiment(id);
    assertThat(client.getExperiment(id).getLifecycleStage()).isEqualTo("active");
  }

  @Test
  void runsAreFoundByMetricInOrderAndByPages() {
    var group = client.createExperiment("many");
    for (int i = 0; i < 5; i++) {
      client.logMetric(client.createRun(group).getRunId(), "acc", i / 10.0);
    }

    var first =
        client.searchRuns(
            List.of(group),
            "metrics.acc > 0.05",
            ViewType.ACTIVE_ONLY,
            3,
            List.of("metrics.acc DESC"));
    assertThat(first.getItems())
        .extracting(run -> run.getData().getMetrics(0).getValue())
        .containsExactly(0.4, 0.3, 0.2);
    assertThat(first.hasNextPage()).isTrue();
    assertThat(first.getNextPage().getItems()).hasSize(1);
  }

  @Test
  void aDeletedRunIsRestored() {
    var id = client.createRun("0").getRunId();

    client.deleteRun(id);
    assertThat(found(ViewType.DELETED_ONLY)).isEqualTo(1);
    client.restoreRun(id);
    assertThat(found(ViewType.ACTIVE_ONLY)).isEqualTo(1);
  }

  private int found(ViewType view) {
    return client.searchRuns(List.of("0"), "", view, 10).getItems().size();
  }

  @Test
  void aModelHasVersionsAndStages() {
    var run = client.createRun("0").getRunId();
    client.sendPost("registered-models/create", "{\"name\": \"digits\"}");
    client.sendPost(
        "model-versions/create",
        "{\"name\": \"digits\", \"source\": \"mlflow-artifacts:/0/a\", \"run_id\": \""
            + run
            + "\"}");
    client.sendPost(
        "model-versions/transition-stage",
        "{\"name\": \"digits\", \"version\": \"1\", \"stage\": \"Production\"}");

    assertThat(client.getLatestVersions("digits", List.of("Production"))).hasSize(1);
    assertThat(client.getModelVersion("digits", "1").getRunId()).isEqualTo(run);
    assertThat(client.getModelVersionDownloadUri("digits", "1")).isEqualTo("mlflow-artifacts:/0/a");
    assertThat(client.getRegisteredModel("digits").getName()).isEqualTo("digits");
    assertThat(client.searchModelVersions("name = 'digits'").getItems()).hasSize(1);
  }

  @Test
  void whatIsRefusedIsSaidInMlflowsWords() {
    var id = client.createRun("0").getRunId();
    client.logParam(id, "lr", "0.1");

    assertThatThrownBy(() -> client.logParam(id, "lr", "0.2"))
        .isInstanceOf(MlflowHttpException.class)
        .hasMessageContaining("statusCode=400")
        .hasMessageContaining("INVALID_PARAMETER_VALUE");
    assertThatThrownBy(() -> client.getRun("nobody"))
        .hasMessageContaining("RESOURCE_DOES_NOT_EXIST");
    try (var stranger = client("another")) {
      assertThatThrownBy(() -> stranger.createRun("0")).hasMessageContaining("statusCode=401");
    }
  }
}
