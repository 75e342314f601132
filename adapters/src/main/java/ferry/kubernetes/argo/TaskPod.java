package ferry.kubernetes.argo;

import ferry.backend.Plan;
import ferry.kubernetes.ClusterJson;
import ferry.kubernetes.KueueQueues;
import ferry.kubernetes.Labels;
import ferry.kubernetes.ObjectNames;
import ferry.kubernetes.ObjectTree;
import ferry.kubernetes.OutputGuard;
import ferry.kubernetes.PodSetting;
import ferry.kubernetes.RunFilesInCluster;
import ferry.kubernetes.StepPod;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The Pods of a run in a Workflow's words: the same that Jobs would have. */
final class TaskPod {
  private static final String VALUES = "ferry-values";

  /** Fields of a Pod that a template has too, by that name. */
  private static final Map<String, String> SAME =
      Map.of(
          "nodeSelector", "nodeSelector",
          "affinity", "affinity",
          "tolerations", "tolerations",
          "volumes", "volumes",
          "securityContext", "securityContext",
          "serviceAccountName", "serviceAccountName",
          "automountServiceAccountToken", "automountServiceAccountToken",
          "schedulerName", "schedulerName",
          "priorityClassName", "priorityClassName",
          "hostAliases", "hostAliases");

  /** Fields of a Pod that Argo knows for a whole Workflow alone. */
  private static final Set<String> WHOLE =
      Set.of("imagePullSecrets", "dnsPolicy", "dnsConfig", "hostNetwork");

  /** What is said otherwise, or is Argo's. */
  private static final Set<String> LEFT_OUT = Set.of("containers", "restartPolicy");

  private final Plan plan;
  private final PodSetting setting;
  private final RunFilesInCluster files;
  private final String home;
  private final Tasks tasks;

  TaskPod(Plan plan, PodSetting setting, RunFilesInCluster files, String home, Tasks tasks) {
    this.plan = plan;
    this.setting = setting;
    this.files = files;
    this.home = home;
    this.tasks = tasks;
  }

  /** What a Workflow says once for all its Pods. */
  Map<String, Object> shared() {
    var spec =
        tree(
            StepPod.of(setting, files, tasks.all().getFirst().outline().spec(), Map.of())
                .getSpec());
    var all = new LinkedHashMap<String, Object>();
    WHOLE.stream().sorted().filter(spec::containsKey).forEach(key -> all.put(key, spec.get(key)));
    if (setting.pod().getServiceAccountName() != null) {
      all.put("serviceAccountName", setting.pod().getServiceAccountName());
    }
    return all;
  }

  /** What a template says of its own Pod. */
  Map<String, Object> of(Task task, List<StepOutputs.Output> outputs) {
    var labels = Labels.of(home, plan.id());
    labels.put(Labels.STEP, ObjectNames.label(task.stepRun().name()));
    setting.labels().forEach(labels::putIfAbsent);
    KueueQueues.of(plan, setting).ifPresent(queue -> labels.put(KueueQueues.LABEL, queue));
    var pod = StepPod.of(setting, files, task.outline().spec(), labels);
    var all = new LinkedHashMap<String, Object>();
    var annotations = new LinkedHashMap<String, String>();
    pod.getMetadata()
        .getAnnotations()
        .forEach((name, value) -> annotations.put(name, ArgoText.spaced(value)));
    all.put(
        "metadata",
        ObjectTree.of("labels", pod.getMetadata().getLabels(), "annotations", annotations));
    var spec = tree(pod.getSpec());
    var patch = new LinkedHashMap<String, Object>();
    spec.forEach((key, value) -> {
      if (SAME.containsKey(key)) {
        all.put(key, value);
      } else if (!WHOLE.contains(key) && !LEFT_OUT.contains(key)) {
        patch.put(key, value);
      }
    });
    noToken(all, patch);
    if (!outputs.isEmpty()) {
      var volumes = new ArrayList<>((List<?>) all.getOrDefault("volumes", List.of()));
      all.put("volumes", add(volumes, Map.of("name", VALUES, "emptyDir", Map.of())));
    }
    if (!patch.isEmpty()) {
      all.put("podSpecPatch", ArgoText.spaced(ClusterJson.JSON.asJson(patch)));
    }
    var container = pod.getSpec().getContainers().getFirst();
    all.put("container", tree(container(container, pod.getSpec().getVolumes(), task, outputs)));
    return all;
  }

  /** Argo's own container in the Pod has to tell how the step ended, by the account's token. */
  private void noToken(Map<String, Object> template, Map<String, Object> patch) {
    if (setting.pod().getAutomountServiceAccountToken() == null) {
      template.remove("automountServiceAccountToken");
    } else if (!setting.pod().getAutomountServiceAccountToken()) {
      var account = setting.pod().getServiceAccountName();
      template.put("executor", Map.of("serviceAccountName", account == null ? "default" : account));
    }
    patch.remove("serviceAccount");
  }

  private static List<Object> add(List<?> all, Object one) {
    var more = new ArrayList<Object>(all);
    more.add(one);
    return more;
  }

  private Container container(
      Container step, List<Volume> volumes, Task task, List<StepOutputs.Output> outputs) {
    var container = new ContainerBuilder(step);
    container.withName(PodSetting.MAIN);
    var source = StepPod.source(files);
    var guard = OutputGuard.of(step, volumes);
    container.withCommand(
        new ArgoScript(task, source, guard, outputs, setting.isWritten()).words());
    container.withEnv(environment(step.getEnv(), task));
    if (!outputs.isEmpty()) {
      container
          .addNewVolumeMount()
          .withName(VALUES)
          .withMountPath(ArgoScript.VALUES)
          .endVolumeMount();
    }
    return container.build();
  }

  private List<EnvVar> environment(List<EnvVar> usual, Task task) {
    var all = new LinkedHashMap<String, EnvVar>();
    put(all, ArgoText.BRACE, "{");
    for (var one : usual) {
      if (one.getValue() == null) {
        all.put(one.getName(), one);
      } else if (!ArgoText.isMarked(one.getValue())) {
        put(all, one.getName(), ArgoText.literal(one.getValue()));
      }
    }
    var parameters = List.copyOf(WorkflowText.inputs(task).keySet());
    int i = 0;
    for (var variable : task.outline().awaited().keySet()) {
      put(all, variable, "{{inputs.parameters." + parameters.get(i++) + "}}");
    }
    if (task.isRetried()) {
      put(all, ArgoScript.TRY, "{{retries}}");
    }
    if (task.outline().spec().variables().containsKey("FERRY_RUN_STATE")) {
      put(all, "FERRY_RUN_STATE", "{{workflow.status}}");
      put(all, ArgoScript.ASKED, "{{workflow.annotations." + WorkflowText.ASKED + "}}");
    }
    all.remove("FERRY_ATTEMPT");
    return List.copyOf(all.values());
  }

  private static void put(Map<String, EnvVar> all, String name, String value) {
    all.put(name, new EnvVar(name, value, null));
  }

  @SuppressWarnings("unchecked") // an object of the cluster is a JSON object
  static Map<String, Object> tree(Object object) {
    return ClusterJson.JSON.unmarshal(ClusterJson.JSON.asJson(object), Map.class);
  }
}
