package ferry.backends;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Rendered;
import ferry.run.AttemptId;
import ferry.tracking.StepAccess;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is shown of a run before it is one: all that is created, for {@code kubectl create -f -}.
 */
class DryRunTest {
  private static final String NIGHTLY =
      """
      name: nightly
      steps: {a: cat code.txt}
      schedule: {cron: "0 3 * * *"}
      """;

  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: seed}
      spec:
        template:
          spec:
            restartPolicy: Never
            containers:
            - name: seed
              image: localhost/busybox:1
              command: [sh, -c]
              args: ['echo $(YY) $$(YY) $YY']
              workingDir: /tmp
              env: [{name: YY, value: "1"}, {name: ZZ, value: $(YY)2}]
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

  private static <T> List<T> of(Class<T> kind, List<Rendered> shown) {
    return shown.stream()
        .map(Rendered::tree)
        .filter(one -> kind.getSimpleName().equals(one.get("kind")))
        .map(one -> Serialization.unmarshal(Serialization.asJson(one), kind))
        .toList();
  }

  private static Map<String, String> code(List<Rendered> shown) {
    return of(ConfigMap.class, shown).stream()
        .filter(one -> one.getMetadata().getLabels().containsKey("ferry.dev/code"))
        .findFirst()
        .orElseThrow()
        .getBinaryData();
  }

  private static String unpacked(String text) throws IOException {
    var bytes = new ByteArrayInputStream(Base64.getDecoder().decode(text));
    return new String(new GZIPInputStream(bytes).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void theCodeThatAStepMountsIsShownWithIt() throws Exception {
    var shown = place.preview("a: cat code.txt");

    var mounted =
        of(Job.class, shown).getFirst().getSpec().getTemplate().getSpec().getVolumes().stream()
            .filter(volume -> volume.getProjected() != null)
            .flatMap(volume -> volume.getProjected().getSources().stream())
            .map(source -> source.getConfigMap().getName())
            .toList();
    assertThat(mounted).singleElement().asString().startsWith("ferry-code-");
    assertThat(of(ConfigMap.class, shown))
        .extracting(one -> one.getMetadata().getName())
        .containsAll(mounted);
    assertThat(unpacked(code(shown).get("part-000"))).contains("code.txt", "the code\n");
    assertThat(cluster.all("v1", "ConfigMap")).isEmpty();
  }

  @Test
  void thatStepsFetchTheCodeIsSaidWhereItIsTooLargeToBeShown(@TempDir Path directory)
      throws Exception {
    var noise = new byte[4_500_000];
    new Random(7).nextBytes(noise);
    var there = KubernetesBackendTest.open(directory, cluster.kubeconfig(directory), new Reached());
    try {
      there.write("small.txt", "small");
      assertThat(there.leftOut("a: cat small.txt")).isEmpty();
      Files.write(there.work.resolve("large.bin"), noise);
      assertThat(there.leftOut("a: cat small.txt"))
          .containsExactly(
              "the code is not in what is shown: packed it has more than 4 MB, and steps fetch it"
                  + " from the server; such a run is begun by `ferry run` alone");
    } finally {
      there.close();
    }
  }

  @Test
  void howStepsReachTheServerIsShownWithoutTheirTokens(@TempDir Path directory) throws Exception {
    var there = KubernetesBackendTest.open(directory, cluster.kubeconfig(directory), new Reached());
    try {
      var shown = there.preview("a: 'true'");

      var token = of(Secret.class, shown).getFirst();
      assertThat(token.getStringData()).isEqualTo(Map.of("token", "…"));
      var step = of(Job.class, shown).getFirst().getSpec().getTemplate().getSpec();
      assertThat(step.getContainers().getFirst().getEnv())
          .anySatisfy(one -> assertThat(one.getValue()).isEqualTo("http://10.0.0.5:8080"))
          .filteredOn(one -> one.getName().equals("FERRY_TOKEN"))
          .extracting(one -> one.getValueFrom().getSecretKeyRef().getName())
          .containsExactly(token.getMetadata().getName());
    } finally {
      there.close();
    }
  }

  /** A server that steps reach. */
  private static final class Reached implements StepAccess {
    @Override
    public Map<String, String> variables(AttemptId attempt, String workflow) {
      return Map.of("FERRY_TOKEN", "ferry-step.a.b");
    }

    @Override
    public Optional<String> address() {
      return Optional.of("http://10.0.0.5:8080");
    }
  }

  @Test
  void theCodeOfAScheduleIsShownAsItIsMade() {
    var shown = place.previewOfSchedule(NIGHTLY);
    place.schedule(NIGHTLY);

    var made = cluster.client().configMaps().inNamespace("research").list().getItems();
    assertThat(made).singleElement().extracting(ConfigMap::getBinaryData).isEqualTo(code(shown));
  }

  @Test
  void whatSomebodyWroteForKubernetesIsLeftToKubernetes() {
    var shown = place.previewOfFile(JOB);

    var step =
        of(Job.class, shown)
            .getFirst()
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst();
    assertThat(step.getCommand()).endsWith("sh", "-c", "echo $(YY) $$(YY) $YY");
    assertThat(step.getCommand().get(2)).contains("$$FERRY_OUTPUT").doesNotContain("$(YY)");
    assertThat(step.getWorkingDir()).isEqualTo("/tmp");
    assertThat(of(ConfigMap.class, shown))
        .extracting(one -> one.getMetadata().getName())
        .noneMatch(name -> name.startsWith("ferry-code-"));
  }

  @Test
  void whatSomebodyWroteForAShellNeverReachesKubernetesOwnLanguage() {
    var step =
        of(Job.class, place.preview("a: 'echo $(date)'"))
            .getFirst()
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst();

    assertThat(step.getCommand().getLast()).contains("$$(date)");
  }

  @Test
  void ofAJobThatSomebodyWroteItIsNotSaidThatItHasTheCode() {
    assertThat(place.explainFile(JOB))
        .contains("The Job runs as it is written, without the code of this directory.")
        .noneMatch(words -> words.startsWith("The code is"));
  }
}
