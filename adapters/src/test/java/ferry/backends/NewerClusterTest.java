package ferry.backends;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Timetable;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clusters have that are newer than the real one of the other tests. */
class NewerClusterTest {
  private static final String NIGHTLY =
      """
      name: nightly
      steps:
        a: {run: 'echo {day}', retries: {limit: 2}, memory: 64Mi}
      params: {day: monday}
      schedule: {cron: "0 3 * * *", timezone: Asia/Seoul}
      """;

  private ImitatedCluster cluster;
  private ContractPlace place;

  @BeforeEach
  void begin(@TempDir Path directory) throws Exception {
    cluster = ImitatedCluster.ofVersion("28");
    place = KubernetesBackendTest.open(directory, cluster.kubeconfig(directory));
    place.write("code.txt", "the code\n");
  }

  @AfterEach
  void end() throws Exception {
    if (place != null) {
      place.close();
    }
    cluster.close();
  }

  private CronJob cronJob() {
    return cluster
        .client()
        .batch()
        .v1()
        .cronjobs()
        .inNamespace("research")
        .list()
        .getItems()
        .getFirst();
  }

  @Test
  void aScheduleIsACronJobOfTheStableVersionThatKnowsItsTimeZone() {
    var plan = place.schedule(NIGHTLY);

    assertThat(Timetable.isFiring(plan)).isTrue();
    var spec = cronJob().getSpec();
    assertThat(spec.getSchedule()).isEqualTo("0 3 * * *");
    assertThat(spec.getTimeZone()).isEqualTo("Asia/Seoul");
    assertThat(spec.getSuspend()).isFalse();
    assertThat(spec.getJobTemplate().getSpec().getBackoffLimit()).isEqualTo(2);
    var step = spec.getJobTemplate().getSpec().getTemplate().getSpec().getContainers().getFirst();
    assertThat(step.getImage()).isEqualTo(TestCluster.IMAGE);
    assertThat(step.getResources().getLimits().get("memory").getNumericalAmount().longValue())
        .isEqualTo(64L << 20);
    assertThat(cluster.asked)
        .extracting(ImitatedCluster.Asked::path)
        .anyMatch(path -> path.startsWith("/apis/batch/v1/namespaces/research/cronjobs"))
        .noneMatch(path -> path.contains("v1beta1"));
  }

  @Test
  void aScheduleThereIsPausedGoesOnAndIsRemoved() {
    var plan = place.schedule(NIGHTLY);
    var timetable = place.timetable(plan);

    timetable.pause(plan, true);
    assertThat(cronJob().getSpec().getSuspend()).isTrue();
    timetable.pause(plan, false);
    assertThat(cronJob().getSpec().getSuspend()).isFalse();
    timetable.remove(plan);
    assertThat(cluster.all("batch/v1", "CronJob")).isEmpty();
  }

  @Test
  void theCodeOfAScheduleIsItsOwnAlsoWhereOneOfThatNameHasJustGone() {
    place.schedule(NIGHTLY);
    var first = code();
    assertThat(first.getMetadata().getName()).startsWith("nightly-code-");
    assertThat(owner(first)).isEqualTo(cronJob().getMetadata().getUid());
    place.schedule(NIGHTLY);
    assertThat(code()).isEqualTo(first);

    cluster.client().resource(cronJob()).delete(); // and nothing else yet
    place.schedule(NIGHTLY);

    assertThat(owner(code())).isEqualTo(cronJob().getMetadata().getUid());
    assertThat(code().getBinaryData()).isEqualTo(first.getBinaryData());
  }

  private ConfigMap code() {
    var all = cluster.client().configMaps().inNamespace("research").list().getItems();
    return all.stream()
        .filter(one -> one.getMetadata().getLabels().containsKey("ferry.dev/code"))
        .findFirst()
        .orElseThrow();
  }

  private static String owner(ConfigMap object) {
    return object.getMetadata().getOwnerReferences().getFirst().getUid();
  }

  @Test
  void anOlderOneWithoutTimeZonesLeavesSuchASchedulesFiringToTheServer(@TempDir Path directory)
      throws Exception {
    try (var older = ImitatedCluster.ofVersion("22+")) {
      var there = KubernetesBackendTest.open(directory, older.kubeconfig(directory));
      try {
        assertThat(Timetable.isFiring(there.schedule(NIGHTLY))).isFalse();
        var utc = there.schedule(NIGHTLY.replace("Asia/Seoul", "UTC"));
        assertThat(Timetable.isFiring(utc)).isTrue();
        assertThat(older.all("batch/v1", "CronJob")).hasSize(1);
      } finally {
        there.close();
      }
    }
  }
}
