package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

/** Pods as a cluster tells of them. */
public final class TestPods {
  private TestPods() {}

  /**
   * A Pod whose step said a line and ended.
   *
   * @param api answers for its log
   */
  public static Pod ended(FakeApi api, String name, String at, int status) {
    api.put("/api/v1/namespaces/lab/pods/" + name + "/log", at + " said by " + name + "\n");
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withUid(name)
        .withNamespace("lab")
        .withCreationTimestamp(at)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName(PodSetting.STEP)
        .endContainer()
        .endSpec()
        .withNewStatus()
        .addNewContainerStatus()
        .withName(PodSetting.STEP)
        .withNewState()
        .withNewTerminated()
        .withExitCode(status)
        .withFinishedAt(at)
        .endTerminated()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
