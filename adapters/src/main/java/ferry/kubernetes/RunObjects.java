package ferry.kubernetes;

import ferry.engine.AttemptSpec;
import ferry.kubernetes.Jobs.Trouble;
import ferry.run.AttemptId;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes and unmakes the objects of one run in its cluster. Every step of it may be repeated. */
public final class RunObjects {
  /** So many Jobs keep the run's other objects; a run may have thousands. */
  private static final int MOST_ANCHORS = 32;

  private static final PatchContext STRATEGIC =
      new PatchContext.Builder().withPatchType(PatchType.STRATEGIC_MERGE).build();

  private final Cluster cluster;
  private final RunInCluster run;
  private final PackedCode packed;
  private final String mark;
  private final Set<String> anchors = new HashSet<>();
  private @Nullable ConfigMap owner;

  public RunObjects(Cluster cluster, RunInCluster run, PackedCode packed, String mark) {
    this.cluster = cluster;
    this.run = run;
    this.packed = packed;
    this.mark = mark;
  }

  /**
   * Creates an attempt's Job and before it what the run needs.
   *
   * @param token by which the attempt reaches the server
   */
  void start(AttemptSpec attempt, Optional<Secret> token) throws Trouble {
    try {
      token.ifPresent(secret -> createOwned(secret, owner()));
      var owned = StepJob.owned(run.job(attempt), owner());
      anchor(create(owned).orElseGet(() -> there(attempt)));
    } catch (KubernetesClientException trouble) {
      throw new Trouble(cluster.words(trouble));
    } catch (Refused refused) {
      throw new Trouble(refused.words());
    }
  }

  /** The attempt's Job that was there before. */
  private Job there(AttemptSpec attempt) {
    var name = ObjectNames.of(attempt.id());
    var there = cluster.ask(() -> jobs().withName(name).require());
    if (!run.job(attempt).getMetadata().getLabels().equals(there.getMetadata().getLabels())) {
      var message = "a Job `%s` that is not this run's is there already".formatted(name);
      throw new Refused(message, "delete it, or run again", false);
    }
    return there;
  }

  /**
   * The object that owns all others stays for as long as one of these Jobs: so nothing remains for
   * good, even if no server of ours ever comes back.
   */
  private void anchor(Job job) {
    synchronized (anchors) {
      var name = job.getMetadata().getName();
      if (anchors.size() < MOST_ANCHORS && anchors.add(name)) {
        own(run.owner(), "batch/v1", "Job", job);
      }
    }
  }

  /** Whether the run's objects would lose what keeps them if this attempt's Job went. */
  boolean isAnchor(AttemptId attempt) {
    if (owner == null) {
      Optional.ofNullable(cluster.ask(() -> owners().withName(name(run.owner())).get()))
          .ifPresent(this::remember);
    }
    synchronized (anchors) {
      return anchors.contains(ObjectNames.of(attempt));
    }
  }

  /** Adds an owner to those that an object has. */
  private void own(HasMetadata object, String version, String kind, HasMetadata owner) {
    var patch =
        """
        {"metadata": {"ownerReferences": [
          {"apiVersion": "%s", "kind": "%s", "name": "%s", "uid": "%s"}]}}\
        """
            .formatted(version, kind, owner.getMetadata().getName(), owner.getMetadata().getUid());
    cluster.ask(() -> cluster.client().resource(object).patch(STRATEGIC, patch));
  }

  /** The object that owns all others; made on first use, with all that the run's Pods need. */
  public synchronized ConfigMap owner() {
    var wanted = run.owner();
    if (owner != null) {
      checkIsThere(owner);
      return owner;
    }
    var made =
        create(wanted)
            .orElseGet(() -> cluster.ask(() -> owners().withName(name(wanted)).require()));
    if (made.getMetadata().getDeletionTimestamp() != null) {
      throw new Refused("what an earlier try left is being cleared away", "wait a moment", true);
    }
    remember(made);
    run.secret().ifPresent(secret -> createOwned(secret, made));
    run.claim().ifPresent(claim -> createOwned(claim, made));
    bringCode(made);
    owner = made;
    return made;
  }

  /** Whoever deletes this one object wants the run to end, and all of it to go. */
  private void checkIsThere(ConfigMap made) {
    var there = cluster.ask(() -> owners().withName(name(made)).get());
    if (there == null || !there.getMetadata().getUid().equals(made.getMetadata().getUid())) {
      var message = "the run's objects were deleted from the cluster, `" + name(made) + "` first";
      throw new Refused(message, "`ferry retry` begins anew", false);
    }
  }

  private void remember(ConfigMap made) {
    var owners = made.getMetadata().getOwnerReferences();
    synchronized (anchors) {
      owners.forEach(one -> anchors.add(one.getName()));
    }
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
    try {
      own(part, "v1", "ConfigMap", made);
    } catch (KubernetesClientException trouble) {
      throw ClusterRuns.isNotFound(trouble)
          ? new Refused("the code of an earlier run is being cleared away", "wait", true)
          : trouble;
    }
  }

  /** The run needs its code no more, unless it is tried again: then it is brought again. */
  public void letCodeGo() {
    new CodeOwners(cluster).letGo(run.code(), name(run.owner()));
  }

  /** Labels of all that the run has. */
  public Map<String, String> labels() {
    return run.owner().getMetadata().getLabels();
  }

  /** Deletes the object that owns all others, and with it the others. */
  public void delete() {
    var owner = name(run.owner());
    cluster.ask(() ->
        owners().withName(owner).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete());
  }

  private boolean createOwned(HasMetadata object, ConfigMap made) {
    object.getMetadata().setOwnerReferences(List.of(StepJob.owner(made)));
    return create(object).isPresent();
  }

  /** What was made; empty where it was there before. */
  private <T extends HasMetadata> Optional<T> create(T object) {
    try {
      return Optional.of(cluster.ask(() -> cluster.client().resource(object).create()));
    } catch (KubernetesClientException trouble) {
      if (ClusterRuns.isConflict(trouble)) {
        return Optional.empty();
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

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }

  private NonNamespaceOperation<ConfigMap, ConfigMapList, Resource<ConfigMap>> owners() {
    return cluster.client().configMaps().inNamespace(cluster.address().namespace());
  }

  private NonNamespaceOperation<Job, JobList, ScalableResource<Job>> jobs() {
    return cluster.client().batch().v1().jobs().inNamespace(cluster.address().namespace());
  }
}
