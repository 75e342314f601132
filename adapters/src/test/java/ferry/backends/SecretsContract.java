package ferry.backends;

import static ferry.backends.ContractPlace.step;
import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.RunId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The value of a Secret of a real cluster stands in nothing that is kept of a run. */
abstract class SecretsContract {
  private static final String VALUE = "open-sesame-4711";
  private static final String FILE =
      """
      name: leak
      steps:
        whole:
          run: 'echo "n=7" >> "$FERRY_OUTPUT"; echo "x=me:$TOKEN@there" >> "$FERRY_OUTPUT"'
          secrets: {TOKEN: {secret: NAME, key: token}}
        failed:
          run: 'echo "x=$TOKEN" >> "$FERRY_OUTPUT"; exit 3'
          secrets: {TOKEN: {secret: NAME, key: token}}
        user: {after: whole, run: 'echo {whole.x} {whole.n}'}
        good:
          run: 'test "$TOKEN" && echo "path=/models/token.txt" >> "$FERRY_OUTPUT"'
          secrets: {TOKEN: {secret: NAME, key: token}}
        reader: {after: good, run: 'echo {good.path}'}
      """;

  /** One step has all keys as variables, and the same Secret is mounted. */
  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: leak}
      spec:
        backoffLimit: 0
        template:
          spec:
            restartPolicy: Never
            containers:
            - name: leak
              image: localhost/busybox:1
              command: [sh, -c, 'SCRIPT']
              envFrom: [{secretRef: {name: NAME}}]
              volumeMounts: [{name: keys, mountPath: /keys}]
            volumes: [{name: keys, secret: {secretName: NAME, items: [{key: token, path: hidden}]}}]
      """;

  private ContractPlace place;
  private KubernetesClient client;
  private Secret secret;

  abstract ContractPlace open(Path directory) throws Exception;

  @BeforeEach
  void begin(@TempDir Path directory) throws Exception {
    place = open(directory);
    var config = Config.fromKubeconfig(new File(TestCluster.kubeconfig()));
    config.setNamespace("default");
    client = new KubernetesClientBuilder().withConfig(config).build();
    secret =
        client
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withGenerateName("ferry-leak-")
                    .endMetadata()
                    .withStringData(Map.of("token", VALUE))
                    .build())
            .create();
  }

  @AfterEach
  void end() throws Exception {
    if (place != null) {
      place.close();
    }
    if (secret != null) {
      client.resource(secret).delete();
      client.close();
    }
  }

  /** All that the cluster has of a run but Secrets, and what it told of it. */
  private String told(RunId run) {
    var all = new ArrayList<HasMetadata>();
    all.addAll(client.pods().withLabel("ferry.dev/run", run.value()).list().getItems());
    assertThat(all).as("Pods").isNotEmpty();
    all.addAll(
        client.batch().v1().jobs().withLabel("ferry.dev/run", run.value()).list().getItems());
    all.addAll(client.configMaps().withLabel("ferry.dev/run", run.value()).list().getItems());
    all.addAll(others(client, run));
    all.addAll(client.v1().events().list().getItems());
    return Serialization.asJson(all);
  }

  /** What else this backend makes of a run. */
  abstract List<? extends HasMetadata> others(KubernetesClient client, RunId run);

  @Test
  void whatAStepPutsOutOfASecretIsKeptNowhere() throws Exception {
    var run = place.file(FILE.replace("NAME", secret.getMetadata().getName()));

    var ended = place.ended(run);
    assertThat(step(ended, "whole").attempts().getLast().reason())
        .startsWith("`x` in $FERRY_OUTPUT holds the value of the secret `TOKEN`; it was not kept");
    assertThat(step(ended, "failed").attempts().getLast().reason()).isEqualTo("exit status 3");
    assertThat(step(ended, "user").state()).isEqualTo("skipped");
    assertThat(place.log(run, "reader")).isEqualTo("/models/token.txt\n");
    assertThat(told(run)).contains("FERRY_OUTPUT").doesNotContain(VALUE);
    assertThat(place.filesWith("token.txt")).isNotEmpty();
    assertThat(place.filesWith(VALUE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x=me:$token@there", "x=$(cat /keys/hidden)"})
  void whatItPutsOutOfAWholeSecretIsKeptNowhereEither(String put) throws Exception {
    var run =
        place.file(
            JOB.replace("NAME", secret.getMetadata().getName())
                .replace("SCRIPT", "echo \"" + put + "\" >> $FERRY_OUTPUT"));

    var attempt = step(place.ended(run), "leak").attempts().getLast();
    assertThat(attempt.reason()).containsPattern("holds the value of the secret `(token|hidden)`");
    assertThat(told(run)).contains("FERRY_OUTPUT").doesNotContain(VALUE);
    assertThat(place.filesWith(VALUE)).isEmpty();
  }
}
