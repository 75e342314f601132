package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.files.FileHome;
import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps what a run has: Jobs that Kueue holds back and that are stopped, and nothing. */
class RunObjectsTest {
  private static final String OBJECT = "/api/v1/namespaces/lab/configmaps/digits-x7k2p-run";
  private static final String JOBS = "/apis/batch/v1/namespaces/lab/jobs/";
  private static final AttemptId TRAIN = new AttemptId(new RunId("digits-x7k2p"), "train", 1);

  private FakeApi api;
  private Cluster cluster;
  private RunObjects objects;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    api = new FakeApi();
    cluster = api.cluster(directory);
    objects = new RunObjects(cluster, run(), new PackedCode(new FileHome(directory).snapshots()));
  }

  @AfterEach
  void close() {
    cluster.close();
    api.close();
  }

  @Test
  void aHeldBackJobThatKeepsWhatTheRunHasLetsThatGoBeforeItIsDeleted() throws Exception {
    keptBy(owner("digits-x7k2p-train-1"));
    job("digits-x7k2p-train-1", true);
    assertThat(objects.settled("digits-x7k2p-train-1")).isEmpty();

    objects.stop("digits-x7k2p-train-1");

    assertThat(api.changes).hasSize(2);
    assertThat(api.changes.getFirst())
        .startsWith("PATCH " + OBJECT)
        .contains("\"ownerReferences\":[]", "\"resourceVersion\":\"41\"");
    assertThat(api.changes.getLast())
        .startsWith("DELETE " + JOBS + "digits-x7k2p-train-1 ")
        .contains("Foreground");
    keptBy();
    assertThat(objects.settled("digits-x7k2p-train-1")).containsExactly("digits-x7k2p-train-1");
  }

  @Test
  void otherJobsGoOnKeepingWhatTheRunHas() throws Exception {
    keptBy(owner("digits-x7k2p-prepare-1"), owner("digits-x7k2p-train-1"));
    job("digits-x7k2p-train-1", true);

    objects.stop("digits-x7k2p-train-1");

    assertThat(api.changes.getFirst())
        .startsWith("PATCH " + OBJECT)
        .contains("digits-x7k2p-prepare-1")
        .doesNotContain("digits-x7k2p-train-1");
  }

  @Test
  void aHeldBackJobThatWasLetGoMeanwhileIsGivenADeadline() throws Exception {
    keptBy(owner("digits-x7k2p-train-1"));
    job("digits-x7k2p-train-1", false);

    objects.stop("digits-x7k2p-train-1");

    assertThat(api.changes)
        .singleElement()
        .asString()
        .startsWith("PATCH " + JOBS + "digits-x7k2p-train-1 ")
        .contains("activeDeadlineSeconds");
  }

  @Test
  void whatNothingKeepsIsDeletedOnWish() {
    keptBy(owner("digits-x7k2p-train-1"));
    objects.deleteUnlessKept();
    assertThat(api.changes).isEmpty();

    keptBy();
    objects.deleteUnlessKept();

    assertThat(api.changes).singleElement().asString().startsWith("DELETE " + OBJECT);
  }

  private void keptBy(OwnerReference... owners) {
    var object =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("digits-x7k2p-run")
            .withNamespace("lab")
            .withUid("run")
            .withResourceVersion("41")
            .withOwnerReferences(owners)
            .endMetadata()
            .build();
    api.put(OBJECT, Serialization.asJson(object));
  }

  private static OwnerReference owner(String job) {
    return new OwnerReferenceBuilder()
        .withApiVersion("batch/v1")
        .withKind("Job")
        .withName(job)
        .withUid(job)
        .build();
  }

  private void job(String name, boolean isSuspended) {
    var job =
        new JobBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("lab")
            .endMetadata()
            .withNewSpec()
            .withSuspend(isSuspended)
            .endSpec()
            .build();
    api.put(JOBS + name, Serialization.asJson(job));
  }

  private static RunInCluster run() {
    var plan =
        new Plan(
            TRAIN.run(),
            Workflow.of("digits", Step.of("train", "python train.py")),
            "kubernetes",
            new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
            new Origin(
                Origin.Kind.ONE_LINER, "python train.py", Optional.empty(), Optional.empty()),
            Code.UNKNOWN,
            "digest",
            Instant.EPOCH,
            Map.of());
    return new RunInCluster(plan, "home", "lab", PodSetting.ofImage("python:3"), CodeParts.NONE);
  }
}
