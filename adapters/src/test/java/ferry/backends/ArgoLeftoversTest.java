package ferry.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ferry.run.RunId;
import ferry.run.RunStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of runs in a real cluster with Argo. */
class ArgoLeftoversTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private ContractPlace place;
  private KubernetesClient client;

  @BeforeEach
  void begin(@TempDir Path directory) throws Exception {
    place = new ArgoBackendTest().open(directory);
    place.write("code.py", "print(%d)".formatted(System.nanoTime())); // nobody else's
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(new File(TestCluster.kubeconfig())))
            .build();
  }

  @AfterEach
  void end() throws Exception {
    if (place != null) {
      place.close();
      client.close();
    }
  }

  private List<String> left(RunId run) {
    var workflows =
        client
            .genericKubernetesResources("argoproj.io/v1alpha1", "Workflow")
            .withLabel("ferry.dev/run", run.value())
            .list()
            .getItems()
            .stream()
            .map(one -> one.getMetadata().getName());
    var maps =
        client.configMaps().withLabel("ferry.dev/run", run.value()).list().getItems().stream()
            .map(one -> one.getMetadata().getName());
    return Stream.concat(workflows, maps).toList();
  }

  private List<String> ownersOfCode(List<RunId> runs) {
    return client.configMaps().withLabel("ferry.dev/code").list().getItems().stream()
        .flatMap(part -> ownersOf(part, runs).stream())
        .toList();
  }

  private static List<String> ownersOf(ConfigMap part, List<RunId> runs) {
    return part.getMetadata().getOwnerReferences().stream()
        .map(one -> one.getName())
        .filter(name -> runs.stream().anyMatch(run -> name.equals(run + "-run")))
        .toList();
  }

  @Test
  void whatIsRemovedIsGoneFromTheClusterAtOnce() {
    var run = place.oneLiner("a: echo hello");
    assertThat(place.ended(run).summary().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(left(run)).hasSize(2);

    place.remove(run);

    await().atMost(PATIENCE).until(() -> left(run).isEmpty());
  }

  private List<String> secrets(RunId run) {
    return client.secrets().withLabel("ferry.dev/run", run.value()).list().getItems().stream()
        .map(one -> one.getMetadata().getName())
        .toList();
  }

  @Test
  void secretValuesGoWithTheEndOfTheirRunAndComeAgainWithARetry() {
    place.environment.put("KEY", "a secret word");
    var run =
        place.file(
            """
            name: left
            steps:
              a:
                run: 'echo $KEY; test -f again || { touch again; exit 3; }'
                secrets: {KEY: {secret: warehouse, key: k}}
              b: {after: a, run: 'echo $KEY', secrets: {KEY: {secret: warehouse, key: k}}}
            """);
    assertThat(place.ended(run).summary().status()).isEqualTo(RunStatus.FAILED);
    assertThat(place.log(run, "a")).isEqualTo("***\n");
    await().atMost(PATIENCE).until(() -> secrets(run).isEmpty());

    place.retry(run);

    assertThat(place.ended(run).summary().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(place.log(run, "b")).isEqualTo("***\n");
    await().atMost(PATIENCE).until(() -> secrets(run).isEmpty());
    assertThat(left(run)).isNotEmpty();
  }

  @Test
  void sharedCodeHasOneOwnerForEachRunThatGoesOnAndTheLast() {
    var first = place.oneLiner("a: echo first");
    var second = place.oneLiner("a: echo second");
    place.ended(first);
    place.ended(second);

    await().atMost(PATIENCE).until(() -> ownersOfCode(List.of(first, second)).size() == 1);
  }
}
