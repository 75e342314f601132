package ferry.kubernetes.argo;

import ferry.kubernetes.PodView;
import ferry.run.AttemptId;
import ferry.run.Outcome;
import ferry.run.RunState;
import ferry.run.StepRun;
import ferry.run.StepState;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** One Workflow of a run, and all that was seen of it and its Pods, by attempt. */
final class SeenWorkflow {
  private static final String NODE_NAME = "workflows.argoproj.io/node-name";

  private final String name;
  private final Tasks tasks;
  private final Instant since;
  private final Map<String, Pod> pods = new HashMap<>();
  private WorkflowView view = new WorkflowView("", "", Map.of());
  private boolean isGone;

  /**
   * A Workflow of which nothing was seen yet.
   *
   * @param since when we began to look for it
   */
  SeenWorkflow(String name, Tasks tasks, Instant since) {
    this.name = name;
    this.tasks = tasks;
    this.since = since;
  }

  String name() {
    return name;
  }

  Instant since() {
    return since;
  }

  WorkflowView view() {
    return view;
  }

  void see(WorkflowView seen) {
    view = seen;
  }

  boolean isGone() {
    return isGone;
  }

  void go() {
    isGone = true;
  }

  /** Step run and number of an attempt, as one word. */
  static String key(AttemptId id) {
    return id.stepRun() + "/" + id.number();
  }

  /** Takes in what is seen of a Pod; gives back whose it is, where that is known. */
  Optional<String> see(Pod pod, boolean isPodGone, RunState state) {
    var annotations = pod.getMetadata().getAnnotations();
    var node = annotations == null ? "" : annotations.getOrDefault(NODE_NAME, "");
    var key = key(node, state);
    key.ifPresent(known -> {
      if (isPodGone) {
        pods.remove(known, pod);
      } else {
        pods.put(known, pod);
      }
    });
    return key;
  }

  Optional<Pod> pod(String key) {
    return Optional.ofNullable(pods.get(key));
  }

  /** Whose Pod has that name. */
  Optional<String> ofPod(String podName) {
    return pods.entrySet().stream()
        .filter(one -> one.getValue().getMetadata().getName().equals(podName))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether a Pod of it has not ended, other than of attempts that are known to be ending. */
  boolean hasRunningPods(Set<String> ending) {
    return pods.entrySet().stream()
        .filter(one -> !ending.contains(one.getKey()))
        .anyMatch(one -> !(PodView.of(one.getValue()) instanceof PodView.Ended));
  }

  /** The attempt that a node is; empty while its step run is not known, and for no one attempt. */
  private Optional<String> key(String node, RunState state) {
    return NodeName.of(name, node, tasks)
        .filter(one -> one.attempt().isPresent())
        .flatMap(one -> {
          var task = tasks.named(one.task()).orElseThrow();
          return stepRun(task, one.item(), state)
              .map(stepRun -> stepRun + "/" + (task.base() + 1 + one.attempt().getAsInt()));
        });
  }

  private static Optional<String> stepRun(Task task, Optional<String> item, RunState state) {
    if (task.list().isEmpty()) {
      return Optional.of(task.stepRun().name());
    }
    var each = new LinkedHashMap<>(task.each());
    each.put(task.list().get().variable(), item.orElse(""));
    for (int i = 0; i < state.size(); i++) {
      StepRun one = state.stepRun(i);
      if (one.step() == task.position() && one.each().equals(each)) {
        return Optional.of(one.name());
      }
    }
    return Optional.empty();
  }

  /** The attempt's own node, or one that stands for all its tries and is over without any. */
  Optional<Node> node(String key, RunState state) {
    Optional<Node> whole = Optional.empty();
    for (var node : view.nodes().values()) {
      if (key(node.name(), state).filter(key::equals).isPresent()) {
        return Optional.of(node);
      }
      if (view.isOver() && node.isOver() && !node.hasSucceeded() && standsFor(node, key)) {
        whole = Optional.of(node);
      }
    }
    return whole;
  }

  private boolean standsFor(Node node, String key) {
    return NodeName.of(name, node.name(), tasks)
        .filter(one -> one.attempt().isEmpty())
        .flatMap(one -> tasks.named(one.task()))
        .filter(task -> key.startsWith(task.stepRun().name() + "/"))
        .isPresent();
  }

  /** Why an attempt did not come, now that the Workflow is over. */
  Outcome neverCame() {
    if (view.message().startsWith("Stopped with strategy")) {
      return new Outcome.Stopped(OptionalInt.empty());
    }
    var why =
        view.nodes().values().stream()
            .filter(node -> node.phase().equals("Error") && !node.message().isEmpty())
            .map(Node::message)
            .findFirst()
            .orElse(view.message());
    return NodeEnd.of(new Node("", "", "Error", why, OptionalInt.empty(), Instant.EPOCH));
  }

  /** Whether a run's state tells that its newest Workflow was there before. */
  static boolean wasThere(RunState state) {
    for (int i = 0; i < state.size(); i++) {
      var now = state.stepRun(i).state();
      boolean waited =
          now instanceof StepState.Starting(_, _, _, String reason)
              && !reason.isEmpty()
              && !reason.endsWith(ArgoRun.TRYING_AGAIN);
      if (waited || now instanceof StepState.Running) {
        return true;
      }
    }
    return false;
  }
}
