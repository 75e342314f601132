package ferry.kubernetes.capture;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

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

  /**
   * As {@link #capture(Map)}, with the packages that were put into the container by hand: a copy of
   * them, or a word that steps lack them.
   *
   * @param copies where copies of packages are kept
   */
  public Captured captureWithPackages(Map<String, String> typed, Path copies) {
    var captured = capture(typed);
    return started()
        .map(since ->
            HandInstalled.find(
                Path.of("/"), typed, since, path -> captured.shares(path.toString())))
        .filter(found -> !found.isNothing())
        .map(found -> CapturedPackages.with(captured, found, copies))
        .orElse(captured);
  }

  private Optional<Instant> started() {
    return Stream.ofNullable(pod.getStatus())
        .flatMap(status -> status.getContainerStatuses().stream())
        .filter(status -> status.getName().equals(container))
        .flatMap(status -> Stream.ofNullable(status.getState()))
        .flatMap(state -> Stream.ofNullable(state.getRunning()))
        .map(running -> Instant.parse(running.getStartedAt()))
        .findFirst();
  }

  private Container own() {
    return pod.getSpec().getContainers().stream()
        .filter(each -> each.getName().equals(container))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no container " + container + " in the Pod"));
  }
}
