package ferry.kubernetes;

import ferry.engine.AttemptSpec;
import ferry.kubernetes.Jobs.Trouble;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes and unmakes the objects of one run in its cluster. Every step of it may be repeated. */
public final class RunObjects {
  /** Attempts that begin together need not each look whether the run is still wanted. */
  private static final long CHECKED_NANOS = Duration.ofSeconds(1).toNanos();

  private static final String TIME_IS_UP = "{\"spec\": {\"activeDeadlineSeconds\": 1}}";

  private final Cluster cluster;
  private final RunInCluster run;
  private final PackedCode packed;
  private final Anchors anchors = new Anchors();
  private @Nullable ConfigMap owner;
  private long checkedNanos;
  private boolean isRemembered;
  private volatile boolean isClaimNew;

  public RunObjects(Cluster cluster, RunInCluster run, PackedCode packed) {
    this.cluster = cluster;
    this.run = run;
    this.packed = packed;
  }

  /**
   * Creates an attempt's Job and before it what the run needs.
   *
   * @param token by which the attempt reaches the server
   */
  void start(AttemptSpec attempt, Optional<Secret> token) throws Trouble {
    try {
      var owner = owner();
      token.ifPresent(secret -> createOwned(secret, owner));
      var owned = StepJob.owned(run.job(attempt, isClaimNew), owner);
      anchor(create(owned).orElseGet(() -> there(attempt)));
    } catch (KubernetesClientException trouble) {
      throw new Trouble(cluster.words(trouble));
    } catch (Refused refused) {
      throw new Trouble(refused.words());
    }
  }

  /** A step has succeeded: what it brought is on the claim. */
  void filled() {
    isClaimNew = false;
  }

  /** The attempt's Job that was there before. */
  private Job there(AttemptSpec attempt) {
    var name = ObjectNames.of(attempt.id());
    var there = cluster.ask(() -> jobs().withName(name).require());
    var wanted = run.job(attempt).getMetadata().getLabels().entrySet();
    if (!there.getMetadata().getLabels().entrySet().containsAll(wanted)) {
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
      anchors.begun(reference("batch/v1", "Job", job));
      moveAnchors();
    }
  }

  /** What is not changed because the cluster does not answer is due again with the next Job. */
  private void moveAnchors() {
    var due = anchors.due();
    if (!due.isNone()) {
      cluster.ask(() ->
          cluster.client().resource(run.owner()).patch(Patches.STRATEGIC, Anchors.patch(due)));
      anchors.changed(due);
    }
  }

  /**
   * A Job that was there before us: whoever made it may have gone before it kept anything. Where
   * there is nothing that it could keep, nothing is done.
   */
  void found(Job job) {
    if (!isOwnerKnown()) {
      return;
    }
    try {
      anchor(job);
    } catch (KubernetesClientException trouble) {
      if (!ClusterRuns.isNotFound(trouble)) {
        throw trouble;
      }
    }
  }

  private synchronized boolean isOwnerKnown() {
    if (!isRemembered) {
      Optional.ofNullable(cluster.ask(() -> owners().withName(name(run.owner())).get()))
          .ifPresent(this::remember);
    }
    return isRemembered;
  }

  /**
   * The outcome of a Job is stored.
   *
   * @return the Jobs that the run's objects would not miss if they went
   */
  List<String> settled(String job) {
    isOwnerKnown();
    synchronized (anchors) {
      anchors.ended(job);
      moveAnchors();
      var free = new ArrayList<>(anchors.takeDropped());
      if (!anchors.has(job)) {
        free.add(job);
      }
      return free;
    }
  }

  private static OwnerReference reference(String version, String kind, HasMetadata owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(version)
        .withKind(kind)
        .withName(name(owner))
        .withUid(owner.getMetadata().getUid())
        .build();
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
    run.claim().ifPresent(claim -> isClaimNew = createOwned(claim, made));
    run.checkpoints().ifPresent(shared -> bringCheckpoints(shared, made));
    bringCode(made);
    owner = made;
    checkedNanos = System.nanoTime();
    return made;
  }

  /** Whoever deletes this one object wants the run to end, and all of it to go. */
  private void checkIsThere(ConfigMap made) {
    if (System.nanoTime() - checkedNanos < CHECKED_NANOS) {
      return;
    }
    var there = cluster.ask(() -> owners().withName(name(made)).get());
    if (there == null || !there.getMetadata().getUid().equals(made.getMetadata().getUid())) {
      var message = "the run's objects were deleted from the cluster, `" + name(made) + "` first";
      throw new Refused(message, "`ferry retry` begins anew", false);
    }
    checkedNanos = System.nanoTime();
  }

  private void remember(ConfigMap made) {
    synchronized (anchors) {
      anchors.remember(made.getMetadata().getOwnerReferences());
    }
    isRemembered = true;
  }

  private void bringCode(ConfigMap made) {
    for (var part : run.parts(packed)) {
      if (!createOwned(part, made)) {
        share(part, made, "the code of an earlier run");
      }
    }
  }

  private void bringCheckpoints(CheckpointClaim shared, ConfigMap made) {
    var keeper = run.keeper(shared);
    if (!createOwned(keeper, made)) {
      share(keeper, made, "what earlier trials saved");
    }
    createOwned(run.claim(shared), cluster.ask(() -> owners().withName(name(keeper)).require()));
  }

  /** What several runs have stays for as long as one of them does. */
  private void share(ConfigMap part, ConfigMap made, String what) {
    boolean isKept = false;
    try {
      isKept = new SharedOwners(cluster).join(part, reference("v1", "ConfigMap", made));
    } catch (KubernetesClientException trouble) {
      if (!ClusterRuns.isNotFound(trouble)) {
        throw trouble;
      }
    }
    if (!isKept) {
      throw new Refused(what + " is being cleared away", "wait", true);
    }
  }

  /**
   * The run needs what it shares with others no more, unless it is tried again: then it is brought
   * again.
   */
  public void letSharedGo() {
    var owners = new SharedOwners(cluster);
    owners.letGo(run.code().names(), name(run.owner()));
    run.checkpoints()
        .ifPresent(shared -> owners.letGo(List.of(shared.keeper()), name(run.owner())));
  }

  /** Secret values that came with the command go; a run that is tried again brings them again. */
  public synchronized void letGivenGo() {
    run.secret()
        .map(RunObjects::name)
        .ifPresent(secret -> {
          owner = null;
          deleteSecret(secret);
        });
  }

  /** Deletes a Secret of the run's namespace; one that is not there is gone already. */
  public void deleteSecret(String name) {
    var secrets = cluster.client().secrets().inNamespace(cluster.address().namespace());
    cluster.ask(() -> secrets.withName(name).delete());
  }

  /** Creates one more object of the run, unless it is there. */
  public void add(HasMetadata object) {
    createOwned(object, owner());
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

  /** The same, where nothing that was made keeps it. */
  public synchronized void deleteUnlessKept() {
    var there = cluster.ask(() -> owners().withName(name(run.owner())).get());
    if (there != null && there.getMetadata().getOwnerReferences().isEmpty()) {
      owner = null;
      delete();
    }
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

  /**
   * Ends a Job of the run with its Pods: its time is up. One that is held back has no time that
   * could be up, and to let it go is not ours: what holds it back would at once do so again. So it
   * is deleted, and first of all no longer keeps what the run has.
   */
  void stop(String name) throws Trouble {
    try {
      var job = cluster.ask(() -> jobs().withName(name).get());
      if (job != null && WaitReasons.isSuspended(job)) {
        new SharedOwners(cluster).outlive(name(run.owner()), name);
        synchronized (anchors) {
          anchors.deleted(name);
        }
        cluster.ask(() ->
            jobs().withName(name).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete());
      } else if (job != null) {
        cluster.ask(() -> jobs().withName(name).patch(Patches.MERGE, TIME_IS_UP));
      }
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
