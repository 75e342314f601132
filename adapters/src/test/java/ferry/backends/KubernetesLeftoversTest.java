package ferry.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ferry.run.RunId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a run in a real cluster: nothing, for good. */
class KubernetesLeftoversTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String FILE =
      """
      name: left
      steps:
        a: {run: 'echo $KEY > a.txt', secrets: {KEY: {secret: warehouse, key: k}}}
        b: {after: a, run: cat a.txt}
      """;

  private ContractPlace place;
  private KubernetesClient client;

  @BeforeEach
  void begin(@TempDir Path directory) throws Exception {
    place = new KubernetesBackendTest().open(directory);
    place.environment.put("KEY", "a secret word");
    place.write("code.py", "print(%d)".formatted(System.nanoTime())); // nobody else's
    client = LeastRights.admin();
  }

  @AfterEach
  void end() throws Exception {
    if (place != null) {
      place.close();
      client.close();
    }
  }

  private List<HasMetadata> left(RunId run) {
    var all = new ArrayList<HasMetadata>();
    all.addAll(
        client.batch().v1().jobs().withLabel("ferry.dev/run", run.value()).list().getItems());
    all.addAll(client.pods().withLabel("ferry.dev/run", run.value()).list().getItems());
    all.addAll(client.configMaps().withLabel("ferry.dev/run", run.value()).list().getItems());
    all.addAll(client.secrets().withLabel("ferry.dev/run", run.value()).list().getItems());
    all.addAll(
        client.persistentVolumeClaims().withLabel("ferry.dev/run", run.value()).list().getItems());
    return all;
  }

  private List<String> kinds(RunId run) {
    return left(run).stream().map(HasMetadata::getKind).distinct().sorted().toList();
  }

  private List<Integer> timesToLive(RunId run) {
    return client
        .batch()
        .v1()
        .jobs()
        .withLabel("ferry.dev/run", run.value())
        .list()
        .getItems()
        .stream()
        .map(job -> job.getSpec().getTtlSecondsAfterFinished())
        .toList();
  }

  @Test
  void secretValuesGoWithTheEndOfTheirRunAndAllElseByTimeToLive() {
    var run = place.file(FILE);
    place.ended(run);
    assertThat(place.log(run, "b")).isEqualTo("***\n");

    await().atMost(PATIENCE).until(() -> timesToLive(run), List.of(3600, 3600)::equals);
    assertThat(kinds(run)).containsExactly("ConfigMap", "Job", "PersistentVolumeClaim", "Pod");

    client
        .batch()
        .v1()
        .jobs()
        .withLabel("ferry.dev/run", run.value())
        .list()
        .getItems()
        .forEach(job ->
            client
                .resource(job)
                .patch(
                    PatchContext.of(PatchType.JSON_MERGE),
                    "{\"spec\": {\"ttlSecondsAfterFinished\": 0}}"));
    await().atMost(PATIENCE).until(() -> left(run).isEmpty());
  }

  @Test
  void whatOneDeletesWithTheRunsOwnObjectIsAllOfIt() {
    var run = place.oneLiner("a: echo begun; sleep 60 >> b: echo b");
    place.awaitLog(run, "a", "begun");

    client.configMaps().withName(run + "-run").delete();

    place.ended(run);
    await().atMost(PATIENCE).until(() -> left(run).isEmpty());
  }

  @Test
  void whatIsRemovedIsGoneFromTheClusterToo() {
    var run = place.file(FILE);
    place.ended(run);

    place.remove(run);

    await().atMost(PATIENCE).until(() -> left(run).isEmpty());
  }

  @Test
  void whatNoServerClearedAwayIsClearedByTheNext() throws Exception {
    var run = place.file(FILE);
    place.ended(run);
    await().atMost(PATIENCE).until(() -> timesToLive(run), List.of(3600, 3600)::equals);
    place.forgetAndRestart(run);

    place.ended(place.oneLiner("a: echo hello"));

    await().atMost(PATIENCE).until(() -> left(run).isEmpty());
  }
}
