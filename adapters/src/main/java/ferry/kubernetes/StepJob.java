package ferry.kubernetes;

import ferry.run.AttemptId;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.Map;

/** The Job of one attempt. It never tries again: retries are the engine's. */
final class StepJob {
  private StepJob() {}

  static Job of(
      AttemptId attempt, String namespace, Map<String, String> labels, PodTemplateSpec pod) {
    return new JobBuilder()
        .withNewMetadata()
        .withName(ObjectNames.of(attempt))
        .withNamespace(namespace)
        .withLabels(labels)
        .withAnnotations(Labels.annotations(attempt))
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(0)
        .withTtlSecondsAfterFinished((int) Leftovers.ABANDONED.toSeconds())
        .withTemplate(pod)
        .endSpec()
        .build();
  }

  static Job owned(Job job, ConfigMap run) {
    return new JobBuilder(job).editMetadata().withOwnerReferences(owner(run)).endMetadata().build();
  }

  /** Whoever has this goes when the run's own object goes. */
  static OwnerReference owner(ConfigMap run) {
    return new OwnerReferenceBuilder()
        .withApiVersion("v1")
        .withKind("ConfigMap")
        .withName(run.getMetadata().getName())
        .withUid(run.getMetadata().getUid())
        .build();
  }
}
