package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.engine.Preview;
import ferry.workflow.Schedule;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * CronJobs: each firing is a Job, tried again by the cluster as often as the step says. Kubernetes
 * has had them in {@code batch/v1} since 1.21, and time zones in them since 1.25.
 */
final class CronJobs implements CronKind {
  private static final int STABLE = 21;
  private static final int WITH_ZONES = 25;
  private static final int KEPT = 20;

  @Override
  public String kind() {
    return "CronJob";
  }

  @Override
  public Fires fires() {
    return new Fires("batch/v1", "Job");
  }

  @Override
  public String apiVersion(Cluster cluster) {
    return minor(cluster) >= STABLE ? "batch/v1" : "batch/v1beta1";
  }

  private static int minor(Cluster cluster) {
    var version = cluster.ask(() -> cluster.client().getKubernetesVersion());
    return Integer.parseInt(version.getMinor().replaceAll("[^0-9].*", ""));
  }

  @Override
  public Optional<String> whyNot(Cluster cluster, Plan plan) {
    var workflow = plan.workflow();
    if (workflow.allSteps().size() > 1
        || workflow.steps().getFirst().foreach().isPresent()
        || workflow.steps().getFirst().when().isPresent()) {
      return Optional.of(
          "a CronJob starts one step, and this workflow is more; `--on argo`, or a team's server,"
              + " fires it without yours");
    }
    var zone = schedule(plan).zone();
    if (!isUtc(schedule(plan)) && minor(cluster) < WITH_ZONES) {
      return Optional.of(
          "this cluster is older than Kubernetes 1.25, so its CronJobs know no time zone such as `%s`; with `timezone: UTC` it could fire it"
              .formatted(zone));
    }
    return Optional.empty();
  }

  private static Schedule schedule(Plan plan) {
    return plan.workflow().schedule().orElseThrow();
  }

  /** The clocks of a cluster go by it. */
  private static boolean isUtc(Schedule schedule) {
    var rules = schedule.zone().getRules();
    return rules.isFixedOffset() && rules.getOffset(Instant.EPOCH).equals(ZoneOffset.UTC);
  }

  @Override
  public Map<String, Object> spec(
      Cluster cluster, Plan plan, RunInCluster run, Map<String, String> labels) {
    var attempt = Preview.of(plan).getFirst();
    var setting = PodSetting.read(plan.setting().getOrDefault(RunSettings.POD, ""));
    var pod = StepPod.of(setting, run.files().withoutClaim(), attempt, labels);
    byFiring(pod, attempt.id().stepRun());
    var job = new LinkedHashMap<String, Object>();
    job.put("backoffLimit", plan.workflow().steps().getFirst().retries().limit());
    job.put("ttlSecondsAfterFinished", Leftovers.ABANDONED.toSeconds());
    job.put("template", ClusterJson.JSON.unmarshal(ClusterJson.JSON.asJson(pod), Map.class));
    var spec = new LinkedHashMap<String, Object>();
    spec.put("schedule", schedule(plan).cron());
    if (minor(cluster) >= WITH_ZONES) {
      spec.put("timeZone", isUtc(schedule(plan)) ? "Etc/UTC" : schedule(plan).zone().getId());
    }
    spec.put("concurrencyPolicy", "Allow");
    spec.put("suspend", false);
    spec.put("successfulJobsHistoryLimit", KEPT);
    spec.put("failedJobsHistoryLimit", KEPT);
    var own = new LinkedHashMap<>(labels);
    KueueQueues.of(plan, setting).ifPresent(queue -> own.put(KueueQueues.LABEL, queue));
    spec.put(
        "jobTemplate",
        ObjectTree.of(
            "metadata",
            Map.of("labels", own, "annotations", Map.of(DIGEST, plan.digest())),
            "spec",
            job));
    return spec;
  }

  /** Each firing is a run of its own, named as its Job. */
  private static void byFiring(PodTemplateSpec pod, String step) {
    var container = pod.getSpec().getContainers().getFirst();
    container.setEnv(container.getEnv().stream().map(one -> byFiring(one, step)).toList());
  }

  private static EnvVar byFiring(EnvVar one, String step) {
    return switch (one.getName()) {
      case "FERRY_RUN" ->
          new EnvVarBuilder()
              .withName(one.getName())
              .withNewValueFrom()
              .withNewFieldRef("v1", "metadata.labels['job-name']")
              .endValueFrom()
              .build();
      case "FERRY_ATTEMPT" ->
          new EnvVar(one.getName(), "$(FERRY_RUN)/" + StepScript.literal(step) + "/1", null);
      default -> one;
    };
  }
}
