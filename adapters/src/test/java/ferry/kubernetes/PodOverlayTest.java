package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What another program's configuration makes of a captured Pod. */
class PodOverlayTest {
  private static PodSetting captured() {
    var container =
        new ContainerBuilder()
            .withName(PodSetting.STEP)
            .withImage("notebook:1")
            .withEnv(new EnvVar("HOME", "/home/ada", null), new EnvVar("A", "old", null))
            .withNewResources()
            .addToRequests("memory", new Quantity("8Gi"))
            .endResources()
            .withNewSecurityContext()
            .withRunAsUser(1L)
            .withPrivileged(false)
            .endSecurityContext()
            .addNewVolumeMount()
            .withName("home")
            .withMountPath("/home/ada")
            .endVolumeMount()
            .build();
    var pod =
        new PodSpecBuilder()
            .withContainers(container)
            .withServiceAccountName("notebook")
            .addToNodeSelector("pool", "notebooks")
            .build();
    return new PodSetting(pod, Map.of(), Optional.of("/home/ada"), true, List.of("pinned"));
  }

  private static PodSetting over(String json) {
    return PodOverlay.in(Map.of("overlay", json, "overlay-file", "c.yaml"))
        .orElseThrow()
        .over(captured());
  }

  @Test
  void variablesAndMountsAreAddedAndAllElseIsReplaced() {
    var setting =
        over(
            """
            {"containers": [{"image": "a:1", "imagePullPolicy": "Always",
              "env": [{"name": "A", "value": 7}, {"name": "B", "value": "b"}],
              "resources": {"limits": {"cpu": 1}}, "securityContext": {"runAsUser": 1000},
              "volumeMounts": [{"name": "v", "mountPath": "/v"}]}],
             "imagePullSecrets": [{"name": "registry"}], "nodeSelector": {"pool": "gpus"},
             "serviceAccountName": "trainer", "volumes": [{"name": "v", "emptyDir": {}}]}
            """);

    var step = setting.container();
    assertThat(step.getName()).isEqualTo(PodSetting.STEP);
    assertThat(step.getImage()).isEqualTo("a:1");
    assertThat(step.getImagePullPolicy()).isEqualTo("Always");
    assertThat(step.getEnv())
        .containsExactly(
            new EnvVar("HOME", "/home/ada", null),
            new EnvVar("A", "7", null),
            new EnvVar("B", "b", null));
    assertThat(step.getResources().getRequests()).isEmpty();
    assertThat(step.getResources().getLimits()).containsEntry("cpu", new Quantity("1"));
    assertThat(step.getSecurityContext().getRunAsUser()).isEqualTo(1000);
    assertThat(step.getSecurityContext().getPrivileged()).isFalse();
    assertThat(step.getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .containsExactly("/home/ada", "/v");
    assertThat(setting.pod().getServiceAccountName()).isEqualTo("trainer");
    assertThat(setting.pod().getNodeSelector()).isEqualTo(Map.of("pool", "gpus"));
    assertThat(setting.pod().getImagePullSecrets()).hasSize(1);
    assertThat(setting.pod().getVolumes()).hasSize(1);
  }

  @Test
  void whatIsNotSaidStaysAndTheFileIsNamed() {
    var setting = over("{\"containers\": [{}]}");

    assertThat(setting.pod()).isEqualTo(captured().pod());
    assertThat(setting.notes())
        .containsExactly("pinned", "What `c.yaml` says of the steps' Pods is taken over.");
  }

  @Test
  void codeUnderAnotherVolumeIsBroughtInACopy() {
    var mount =
        "{\"containers\": [{\"volumeMounts\": [{\"name\": \"v\", \"mountPath\": \"%s\"}]}]}";
    var volume = "{\"containers\": [{}], \"volumes\": [{\"name\": \"%s\", \"emptyDir\": {}}]}";

    assertThat(over(mount.formatted("/home")).inPlace()).isFalse();
    assertThat(over(mount.formatted("/home/ada/data")).inPlace()).isTrue();
    assertThat(over(volume.formatted("home")).inPlace()).isFalse();
    assertThat(over(volume.formatted("data")).inPlace()).isTrue();
  }

  @Test
  void whatNoClusterWouldTakeIsAnErrorThatNamesTheFile() {
    assertThatThrownBy(() -> over("{\"containers\": [{\"env\": [{\"name\": []}]}]}"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("`c.yaml` says of the steps' Pods what no cluster could take: ");
  }
}
