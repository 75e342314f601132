package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the Pods of a run have in common, kept as text. */
class PodSettingTest {
  @Test
  void itIsTheSameAfterItWasKept() {
    var container =
        new ContainerBuilder()
            .withName(PodSetting.STEP)
            .withImage("python:3.12")
            .addNewEnv()
            .withName("TOKEN")
            .withNewValueFrom()
            .withNewSecretKeyRef("token", "warehouse", false)
            .endValueFrom()
            .endEnv()
            .withNewResources()
            .addToLimits("memory", new Quantity("1Gi"))
            .endResources()
            .build();
    var pod =
        new PodSpecBuilder()
            .withContainers(container)
            .addNewToleration("NoSchedule", "gpu", "Exists", null, null)
            .build();
    var setting =
        new PodSetting(
            pod, Map.of("a", "b"), Optional.of("/home/jovyan"), true, List.of("pinned to node1"));

    assertThat(PodSetting.read(setting.json())).isEqualTo(setting);
    assertThat(PodSetting.read(PodSetting.ofImage("a:1").json()))
        .isEqualTo(PodSetting.ofImage("a:1"));
  }

  @Test
  void itHasOneContainer() {
    var none = new PodSpecBuilder().build();

    assertThatThrownBy(() -> new PodSetting(none, Map.of(), Optional.empty(), false, List.of()))
        .hasMessage("a step's Pod has one container, named step");
  }

  @Test
  void aTemplateThatNoClusterWouldTakeIsAnErrorInWords() {
    assertThatThrownBy(() -> PodSetting.ofTemplate("{\"spec\": {\"nodeName\": [1]}}"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("the template of the Job is none that a cluster could take: ");
  }
}
