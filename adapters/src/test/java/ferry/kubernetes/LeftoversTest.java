package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.RunId;
import ferry.run.RunStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapListBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobListBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long what runs have stays in a cluster. */
class LeftoversTest {
  private static final String MAPS = "/api/v1/namespaces/lab/configmaps";
  private static final String JOBS = "/apis/batch/v1/namespaces/lab/jobs";
  private static final String SECRETS = "/api/v1/namespaces/lab/secrets/";
  private static final RunId RUN = new RunId("digits-x7k2p");
  private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");
  private static final int DAY = 86_400;

  private FakeApi api;
  private Cluster cluster;
  private Leftovers left;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    api = new FakeApi();
    cluster = api.cluster(directory);
    left = new Leftovers(cluster, "home", () -> NOW);
  }

  @AfterEach
  void close() {
    cluster.close();
    api.close();
  }

  @Test
  void filesForARetryAreKeptFromTheEndOfTheRunNotOfItsJobs() {
    jobs(job("first", "2026-01-07T00:00:00Z", 30 * DAY), job("last", "2026-01-10T00:00:00Z", DAY));

    left.ended(RUN, Duration.ofDays(1));

    assertThat(patches())
        .containsExactly("first {\"spec\": {\"ttlSecondsAfterFinished\": 345600}}");
  }

  @Test
  void whatHasATimeToLiveAlreadyKeepsItHoweverOftenTheEndIsSeen() {
    jobs(job("first", "2026-01-07T00:00:00Z", 4 * DAY));

    left.ended(RUN, Duration.ofDays(1));

    assertThat(patches()).isEmpty();
  }

  @Test
  void aRunThatIsTriedAgainIsKeptByTheJobThatEndedLastUntilItHasANewOne() {
    api.put(MAPS + "/digits-x7k2p-run", json(owner("digits-x7k2p", "Job", "first", "last")));
    jobs(
        job("first", "2026-01-07T00:00:00Z", 4 * DAY),
        job("last", "2026-01-09T00:00:00Z", 2 * DAY),
        job("other", "2026-01-09T01:00:00Z", 3_600));

    left.goesOn(RUN);

    assertThat(patches())
        .containsExactly("last {\"spec\": {\"ttlSecondsAfterFinished\": 2592000}}");
  }

  @Test
  void allOfALongListAreSweptNotItsFirstPageAlone() {
    var page = new ConfigMapListBuilder().withItems(owner("gone-1", "Job", "a"));
    api.put(MAPS, Serialization.asJson(page.withNewMetadata().withContinue("next").and().build()));
    api.put(
        MAPS + "?continue=next",
        Serialization.asJson(
            new ConfigMapListBuilder().withItems(owner("gone-2", "Job", "b")).build()));
    jobs();

    left.sweep(_ -> Optional.empty());

    assertThat(api.changes)
        .anyMatch(change -> change.startsWith("DELETE " + MAPS + "/gone-1-run "))
        .anyMatch(change -> change.startsWith("DELETE " + MAPS + "/gone-2-run "));
  }

  @Test
  void whatAnEndedRunLeftThatNeverHadItsWorkflowIsDeleted() {
    listed(owner("digits-x7k2p", "Workflow"));

    left.sweep(_ -> Optional.of(RunStatus.FAILED));

    assertThat(api.changes)
        .anyMatch(change -> change.startsWith("DELETE " + SECRETS + "digits-x7k2p-given "))
        .anyMatch(change -> change.startsWith("DELETE " + MAPS + "/digits-x7k2p-run "));
  }

  @Test
  void whatAWorkflowKeepsIsLeftToItsTimeToLive() {
    listed(owner("digits-x7k2p", "Workflow", "digits-x7k2p"));

    left.sweep(_ -> Optional.of(RunStatus.FAILED));

    assertThat(api.changes)
        .singleElement()
        .asString()
        .startsWith("DELETE " + SECRETS + "digits-x7k2p-given ");
  }

  private void listed(ConfigMap owner) {
    api.put(MAPS, Serialization.asJson(new ConfigMapListBuilder().withItems(owner).build()));
    jobs();
  }

  private static String json(Object object) {
    return Serialization.asJson(object);
  }

  private void jobs(Job... jobs) {
    api.put(JOBS, json(new JobListBuilder().withItems(jobs).build()));
    List.of(jobs).forEach(job -> api.put(JOBS + "/" + job.getMetadata().getName(), json(job)));
  }

  private List<String> patches() {
    return api.changes.stream()
        .filter(change -> change.startsWith("PATCH " + JOBS + "/"))
        .map(change -> change.substring(("PATCH " + JOBS + "/").length()))
        .toList();
  }

  private static Job job(String name, String ended, int timeToLive) {
    return new JobBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("lab")
        .endMetadata()
        .withNewSpec()
        .withTtlSecondsAfterFinished(timeToLive)
        .endSpec()
        .withNewStatus()
        .addNewCondition()
        .withType("Complete")
        .withStatus("True")
        .withLastTransitionTime(ended)
        .endCondition()
        .endStatus()
        .build();
  }

  private static ConfigMap owner(String run, String kind, String... names) {
    var map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(run + "-run")
            .withNamespace("lab")
            .addToAnnotations(Labels.RUN, run)
            .endMetadata();
    for (var name : names) {
      var reference =
          new OwnerReferenceBuilder().withKind(kind).withName(name).withUid(name).build();
      map.editMetadata().addToOwnerReferences(reference).endMetadata();
    }
    return map.build();
  }
}
