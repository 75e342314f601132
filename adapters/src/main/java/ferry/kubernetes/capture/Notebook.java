package ferry.kubernetes.capture;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The Pod that commands are typed in.
 *
 * @param container the name of the container they are typed in
 * @param inside what a process in it sees
 * @param claimModes the access modes of a claim in its namespace, by name; empty where they cannot
 *     be read
 */
public record Notebook(
    Pod pod, String container, Inside inside, Function<String, Optional<List<String>>> claimModes) {

  /**
   * What a step takes from it.
   *
   * @param typed the environment of the shell or kernel that the command was typed in
   */
  public Captured capture(Map<String, String> typed) {
    var ledger = new Ledger();
    var own = own();
    var environment = new CapturedEnvironment(own, pod, inside, typed, ledger);
    var volumes = new CapturedVolumes(own, pod, claimModes, environment, ledger);
    var step = new CapturedContainer(own, pod, inside, ledger).step(environment, volumes);
    var spec = new CapturedPod(pod, own, inside, ledger).spec(step, volumes);
    var template =
        new PodTemplateSpecBuilder()
            .withMetadata(new CapturedLabels(pod, own, ledger).metadata())
            .withSpec(spec)
            .build();
    return new Captured(template, ledger.left, ledger.notes, volumes.shared());
  }

  private Container own() {
    return pod.getSpec().getContainers().stream()
        .filter(each -> each.getName().equals(container))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no container " + container + " in the Pod"));
  }
}
