package ferry.format;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.cron.CronTimes;
import ferry.experiment.SearchReader.Reading;
import ferry.experiment.SearchReader.Wishes;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Determined's configuration says of Pods, where trials run in Pods. */
class DeterminedFilesTest {
  private static final String BASE =
      """
      name: pods
      hyperparameters: {lr: 0.1}
      searcher: {name: single, metric: loss, max_length: {epochs: 2}}
      entrypoint: python train.py
      """;

  private final SearchFiles files = new SearchFiles(new CronTimes(), ZoneOffset.UTC);

  private Reading read(String more) {
    var none = new Wishes(Map.of(), Map.of(), Map.of(), List.of(), 5);
    return files.read("d.yaml", "/flow", BASE + more, none);
  }

  @Test
  void aConfigurationThatSaysNothingOfPodsChangesNone() {
    assertThat(read("").setting()).isEmpty();
  }

  @Test
  void sharedMemoryIsAVolumeOfThatSize() {
    var read = read("resources: {shm_size: 4GiB, slots_per_trial: 1}\n");
    assertThat(read.setting())
        .containsOnly(
            Map.entry("slots", "1"),
            Map.entry("overlay-file", "d.yaml"),
            Map.entry(
                "overlay",
                "{\"volumes\":[{\"name\":\"shared-memory\",\"emptyDir\":{\"medium\":\"Memory\","
                    + "\"sizeLimit\":\"4294967296\"}}],\"containers\":[{\"volumeMounts\":"
                    + "[{\"name\":\"shared-memory\",\"mountPath\":\"/dev/shm\"}]}]}"));
    assertThat(read.warnings())
        .containsExactly(
            "d.yaml:5: `resources.shm_size` is not set where trials are local processes");
  }

  @Test
  void sizesCountAsDeterminedCountsThemByThousandTwentyFour() {
    assertThat(read("resources: {shm_size: 64m}\n").setting().get("overlay"))
        .contains("\"sizeLimit\":\"67108864\"");
    assertThat(read("resources: {shm_size: 1.5 kb}\n").setting().get("overlay"))
        .contains("\"sizeLimit\":\"1536\"");
    assertThat(read("resources: {shm_size: 2048}\n").setting().get("overlay"))
        .contains("\"sizeLimit\":\"2048\"");
  }

  @Test
  void imagesThatArePulledAlwaysAndCapabilitiesAreTheContainers() {
    var read =
        read(
            "environment: {force_pull_image: true, add_capabilities: [IPC_LOCK], proxy_ports:"
                + " []}\n");
    assertThat(read.setting().get("overlay"))
        .isEqualTo(
            "{\"containers\":[{\"imagePullPolicy\":\"Always\",\"securityContext\":"
                + "{\"capabilities\":{\"add\":[\"IPC_LOCK\"]}}}]}");
  }

  @Test
  void ofAPodThatIsWrittenOutAStepHasWhatItCanHave() {
    var read =
        read(
            """
            environment:
              pod_spec:
                spec:
                  nodeSelector: {pool: gpus}
                  tolerations: [{key: gpu, operator: Exists}]
                  imagePullSecrets: [{name: registry}]
                  volumes: [{name: data, hostPath: {path: /data}}]
                  hostNetwork: true
                  containers:
                    - name: determined-container
                      volumeMounts: [{name: data, mountPath: /data}]
                    - name: sidecar
                      image: other
            """);
    assertThat(read.setting().get("overlay"))
        .isEqualTo(
            "{\"nodeSelector\":{\"pool\":\"gpus\"},\"imagePullSecrets\":[{\"name\":\"registry\"}],"
                + "\"tolerations\":[{\"key\":\"gpu\",\"operator\":\"Exists\"}],\"volumes\":"
                + "[{\"name\":\"data\",\"hostPath\":{\"path\":\"/data\"}}],\"containers\":"
                + "[{\"volumeMounts\":[{\"name\":\"data\",\"mountPath\":\"/data\"}]}]}");
    assertThat(read.warnings())
        .containsExactly(
            "d.yaml:16: `environment.pod_spec.spec.containers[1].name` is no container of a step;"
                + " `determined-container` is the trial's",
            "d.yaml:12: `environment.pod_spec.spec.hostNetwork` means nothing here");
  }
}
