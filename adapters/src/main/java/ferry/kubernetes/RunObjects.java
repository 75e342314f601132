package ferry.kubernetes;

import ferry.engine.AttemptSpec;
import ferry.kubernetes.Jobs.Trouble;
import ferry.run.AttemptId;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes and unmakes the objects of one run in its cluster. Every step of it may be repeated. */
final class RunObjects {
  private static final long KEPT_SECONDS = 3_600;
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();
  private static final PatchContext STRATEGIC =
      new PatchContext.Builder().withPatchType(PatchType.STRATEGIC_MERGE).build();

  private final Cluster cluster;
  private final RunInCluster run;
  private final PackedCode packed;
  private final String mark;
  private @Nullable ConfigMap owner;

  RunObjects(Cluster cluster, RunInCluster run, PackedCode packed, String mark) {
    this.cluster = cluster;
    this.run = run;
    this.packed = packed;
    this.mark = mark;
  }

  /** Creates an attempt's Job and before it what the run needs. */
  void start(AttemptSpec attempt) throws Trouble {
    try {
      var owned = StepJob.owned(run.job(attempt), owner());
      if (!create(owned)) {
        refuseForeign(attempt);
      }
    } catch (KubernetesClientException trouble) {
      throw new Trouble(cluster.words(trouble));
    }
  }

  private void refuseForeign(AttemptSpec attempt) throws Trouble {
    var name = ObjectNames.of(attempt.id());
    var there = cluster.ask(() -> jobs().withName(name).get());
    if (there != null
        && !run.job(attempt).getMetadata().getLabels().equals(there.getMetadata().getLabels())) {
      var message = "a Job `%s` that is not this run's is there already".formatted(name);
      throw new Trouble(new ClusterTrouble(message, List.of("delete it, or run again"), false));
    }
  }

  /** The object that owns all others; made on first use, with all that the run's Pods need. */
  private synchronized ConfigMap owner() {
    if (owner != null) {
      return owner;
    }
    var wanted = run.owner();
    create(wanted);
    var maps = cluster.client().configMaps().inNamespace(cluster.address().namespace());
    var made = cluster.ask(() -> maps.withName(wanted.getMetadata().getName()).require());
    run.secret().ifPresent(secret -> createOwned(secret, made));
    run.claim().ifPresent(claim -> createOwned(claim, made));
    bringCode(made);
    owner = made;
    return made;
  }

  private void bringCode(ConfigMap made) {
    var code = run.code();
    for (int i = 0; i < code.names().size(); i++) {
      var part = code.part(i, cluster.address().namespace(), mark, packed.bytes(code.hash()));
      if (!createOwned(part, made)) {
        share(part, made);
      }
    }
  }

  /** A set of code stays for as long as one of its runs does. */
  private void share(ConfigMap part, ConfigMap made) {
    var owner = StepJob.owner(made);
    var patch =
        """
        {"metadata": {"ownerReferences": [
          {"apiVersion": "v1", "kind": "ConfigMap", "name": "%s", "uid": "%s"}]}}\
        """
            .formatted(owner.getName(), owner.getUid());
    cluster.ask(() -> cluster.client().resource(part).patch(STRATEGIC, patch));
  }

  private boolean createOwned(HasMetadata object, ConfigMap made) {
    object.getMetadata().setOwnerReferences(List.of(StepJob.owner(made)));
    return create(object);
  }

  /** Whether it was not there before. */
  private boolean create(HasMetadata object) {
    try {
      cluster.ask(() -> cluster.client().resource(object).create());
      return true;
    } catch (KubernetesClientException trouble) {
      if (ClusterRuns.isConflict(trouble)) {
        return false;
      }
      throw trouble;
    }
  }

  void delete(AttemptId attempt) throws Trouble {
    var name = ObjectNames.of(attempt);
    try {
      cluster.ask(() ->
          jobs().withName(name).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete());
    } catch (KubernetesClientException trouble) {
      if (!ClusterRuns.isNotFound(trouble)) {
        throw new Trouble(cluster.words(trouble));
      }
    }
  }

  /** Lets the cluster delete an ended attempt's Job after a while. */
  void settle(AttemptId attempt) throws Trouble {
    var name = ObjectNames.of(attempt);
    var patch = "{\"spec\": {\"ttlSecondsAfterFinished\": %d}}".formatted(KEPT_SECONDS);
    try {
      cluster.ask(() -> jobs().withName(name).patch(MERGE, patch));
    } catch (KubernetesClientException trouble) {
      if (!ClusterRuns.isNotFound(trouble)) {
        throw new Trouble(cluster.words(trouble));
      }
    }
  }

  private NonNamespaceOperation<Job, JobList, ScalableResource<Job>> jobs() {
    return cluster.client().batch().v1().jobs().inNamespace(cluster.address().namespace());
  }
}
