package ferry.kubernetes.argo;

import ferry.backend.Plan;
import ferry.kubernetes.Cluster;
import ferry.kubernetes.CronKind;
import ferry.kubernetes.Labels;
import ferry.kubernetes.ObjectTree;
import ferry.kubernetes.RunInCluster;
import ferry.run.RunState;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * CronWorkflows: each firing is a Workflow of the whole run, with a claim of its own for files
 * between steps. Argo 3 has one {@code schedule} in them, Argo 4 a list of {@code schedules}.
 */
final class CronWorkflows implements CronKind {
  private static final int KEPT = 20;
  private static final String VOLUMES = "volumes";

  private final String mark;
  private final Function<Cluster, ArgoVersion> versions;

  /**
   * CronWorkflows of a home.
   *
   * @param mark the home's
   */
  CronWorkflows(String mark, Function<Cluster, ArgoVersion> versions) {
    this.mark = mark;
    this.versions = versions;
  }

  @Override
  public String kind() {
    return "CronWorkflow";
  }

  @Override
  public Fires fires() {
    return new Fires(WorkflowText.VERSION, WorkflowText.KIND);
  }

  @Override
  public String apiVersion(Cluster cluster) {
    return WorkflowText.VERSION;
  }

  @Override
  public Optional<String> whyNot(Cluster cluster, Plan plan) {
    return Optional.empty();
  }

  @Override
  public Map<String, Object> spec(
      Cluster cluster, Plan plan, RunInCluster run, Map<String, String> labels) {
    return spec(versions.apply(cluster), cluster.address().namespace(), plan, run, labels);
  }

  Map<String, Object> spec(
      ArgoVersion version,
      String namespace,
      Plan plan,
      RunInCluster run,
      Map<String, String> labels) {
    var schedule = plan.workflow().schedule().orElseThrow();
    var spec = new LinkedHashMap<String, Object>();
    if (version.hasOneSchedule()) {
      spec.put("schedule", schedule.cron());
    } else {
      spec.put("schedules", List.of(schedule.cron()));
    }
    spec.put("timezone", schedule.zone().getId().equals("Z") ? "UTC" : schedule.zone().getId());
    spec.put("concurrencyPolicy", "Allow");
    spec.put("suspend", false);
    spec.put("successfulJobsHistoryLimit", KEPT);
    spec.put("failedJobsHistoryLimit", KEPT);
    spec.put(
        "workflowMetadata",
        ObjectTree.of(
            "labels",
            labels,
            "annotations",
            Map.of(WorkflowText.ASKED, "run", DIGEST, plan.digest())));
    var tasks = Tasks.of(plan, RunState.of(plan.workflow()));
    var workflow = new WorkflowText(plan, tasks, version, mark, namespace, run.files()).spec();
    spec.put("workflowSpec", byFiring(workflow, run.claim(), labels));
    return spec;
  }

  /** What a run has for itself, each firing has for itself. */
  private static Map<String, Object> byFiring(
      Map<String, Object> workflow,
      Optional<PersistentVolumeClaim> claim,
      Map<String, String> labels) {
    var templates = new ArrayList<Object>();
    var claimed = new ArrayList<String>();
    for (var template : list(workflow.getOrDefault("templates", List.of()))) {
      templates.add(template(map(template), claim, labels, claimed));
    }
    var all = new LinkedHashMap<>(workflow);
    all.put("templates", templates);
    claimed.stream()
        .findFirst()
        .ifPresent(volume ->
            all.put(
                "volumeClaimTemplates",
                List.of(
                    ObjectTree.of(
                        "metadata",
                        Map.of("name", volume),
                        "spec",
                        TaskPod.tree(claim.orElseThrow().getSpec())))));
    return all;
  }

  private static Map<String, Object> template(
      Map<String, Object> template,
      Optional<PersistentVolumeClaim> claim,
      Map<String, String> labels,
      List<String> claimed) {
    var all = new LinkedHashMap<>(template);
    if (!template.containsKey("container")) {
      return all;
    }
    var volumes = new ArrayList<Object>();
    for (var volume : list(template.getOrDefault(VOLUMES, List.of()))) {
      if (isOf(map(volume), claim)) {
        claimed.add(String.valueOf(map(volume).get("name")));
      } else {
        volumes.add(volume);
      }
    }
    all.put(VOLUMES, volumes);
    all.put("container", container(map(template.getOrDefault("container", Map.of()))));
    var metadata = new LinkedHashMap<>(map(template.getOrDefault("metadata", Map.of())));
    var own = new LinkedHashMap<>(map(metadata.getOrDefault("labels", Map.of())));
    own.putAll(labels);
    own.put(Labels.RUN, "{{workflow.name}}");
    metadata.put("labels", own);
    all.put("metadata", metadata);
    all.computeIfPresent("affinity", (_, affinity) -> renamed(affinity));
    return all;
  }

  private static boolean isOf(Map<String, Object> volume, Optional<PersistentVolumeClaim> claim) {
    return volume.get("persistentVolumeClaim") instanceof Map<?, ?> of
        && claim.filter(one -> one.getMetadata().getName().equals(of.get("claimName"))).isPresent();
  }

  private static Map<String, Object> container(Map<String, Object> container) {
    var all = new LinkedHashMap<>(container);
    var environment = new ArrayList<Object>();
    for (var one : list(container.getOrDefault("env", List.of()))) {
      environment.add(
          "FERRY_RUN".equals(map(one).get("name"))
              ? ObjectTree.of("name", "FERRY_RUN", "value", "{{workflow.name}}")
              : one);
    }
    all.put("env", environment);
    return all;
  }

  /** Pods of one run keep together: those of one firing alone. */
  private static Object renamed(Object tree) {
    return switch (tree) {
      case Map<?, ?> some -> {
        var all = new LinkedHashMap<String, Object>();
        some.forEach((key, value) ->
            all.put(
                String.valueOf(key),
                Labels.RUN.equals(key) ? "{{workflow.name}}" : renamed(value)));
        yield all;
      }
      case List<?> some -> some.stream().map(CronWorkflows::renamed).toList();
      default -> tree;
    };
  }

  @SuppressWarnings("unchecked") // an object of the cluster is a JSON object
  private static Map<String, Object> map(Object tree) {
    return (Map<String, Object>) tree;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object tree) {
    return (List<Object>) tree;
  }
}
