package ferry.kubernetes;

import ferry.run.RunId;
import ferry.run.RunStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What runs that have ended leave in a cluster. Their Jobs are given a time to live; with the last
 * of them goes the object that owns all others, and with that all others. Argo's Workflows have one
 * from the start. Every step of it may be repeated.
 */
public final class Leftovers {
  /** How long the Jobs of a run are kept that no server of ours looks after any more. */
  static final Duration ABANDONED = Duration.ofDays(30);

  /** How long what has succeeded is kept. */
  static final Duration KEPT = Duration.ofHours(1);

  /** How long the files of what did not succeed are there for a retry. */
  static final Duration KEPT_FOR_RETRY = Duration.ofDays(1);

  private final Cluster cluster;
  private final String mark;
  private final InstantSource clock;

  /**
   * What is left of a home's runs.
   *
   * @param mark the home's
   */
  public Leftovers(Cluster cluster, String mark, InstantSource clock) {
    this.cluster = cluster;
    this.mark = mark;
    this.clock = clock;
  }

  private KubernetesClient client() {
    return cluster.client();
  }

  private String namespace() {
    return cluster.address().namespace();
  }

  /**
   * How long what an ended run has is kept.
   *
   * @param isShared whether others may go on from what it saved; their search may be paused
   */
  static Duration kept(RunStatus status, boolean isShared) {
    return status == RunStatus.SUCCEEDED && !isShared ? KEPT : KEPT_FOR_RETRY;
  }

  /**
   * A run has ended: its secret values go at once, all else after a while. That is counted from
   * now, however long ago its Jobs ended.
   */
  void ended(RunId run, Duration kept) {
    deleteSecret(ObjectNames.of(run, "given"));
    var jobs =
        jobs(run).stream().filter(job -> job.getMetadata().getDeletionTimestamp() == null).toList();
    if (jobs.isEmpty()) {
      deleteOwner(ObjectNames.of(run, "run"));
    }
    jobs.stream()
        .filter(Leftovers::isUndecided)
        .forEach(job -> keep(job.getMetadata().getName(), kept.plus(sinceEnd(job))));
  }

  /**
   * A run that had ended goes on: the one of its Jobs that would keep the rest for the longest is
   * kept as if it had not, for as long as it may wait until it has a new one.
   */
  void goesOn(RunId run) {
    var owner = cluster.ask(() -> configMaps().withName(ObjectNames.of(run, "run")).get());
    var keeping =
        owner == null
            ? List.<String>of()
            : owner.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getName)
                .toList();
    jobs(run).stream()
        .filter(job -> keeping.contains(job.getMetadata().getName()))
        .max(Comparator.comparing(this::endedAt))
        .filter(job -> !isUndecided(job))
        .ifPresent(job -> keep(job.getMetadata().getName(), ABANDONED));
  }

  /** In whole minutes. */
  private Duration sinceEnd(Job job) {
    var since = Duration.between(endedAt(job), clock.instant()).truncatedTo(ChronoUnit.MINUTES);
    return since.isNegative() ? Duration.ZERO : since;
  }

  private Instant endedAt(Job job) {
    return Optional.ofNullable(job.getStatus()).stream()
        .flatMap(status -> status.getConditions().stream())
        .filter(condition -> List.of("Complete", "Failed").contains(condition.getType()))
        .map(condition -> condition.getLastTransitionTime())
        .filter(Objects::nonNull)
        .map(Instant::parse)
        .findFirst()
        .orElseGet(clock::instant);
  }

  /** A run is to be forgotten: everything of it goes. */
  void removed(RunId run) {
    deleteSecret(ObjectNames.of(run, "given"));
    jobs(run)
        .forEach(job ->
            cluster.ask(() ->
                client()
                    .resource(job)
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete()));
    deleteOwner(ObjectNames.of(run, "run"));
  }

  /**
   * What earlier servers of this home left when they died between the end of a run and its
   * clearing.
   *
   * @param status of a run; empty where nobody knows it any more
   */
  public void sweep(Function<RunId, Optional<RunStatus>> status) {
    for (var owner : owners()) {
      var run = run(owner);
      if (run.isPresent()) {
        var known = status.apply(run.get());
        if (known.isEmpty()) {
          removed(run.get());
        } else if (known.get().isEnded() && isKeptByWorkflow(owner)) {
          deleteSecret(ObjectNames.of(run.get(), "given"));
        } else if (known.get().isEnded()) {
          boolean isShared = owner.getMetadata().getAnnotations().containsKey(Labels.EXPERIMENT);
          ended(run.get(), kept(known.get(), isShared));
        } else {
          goesOn(run.get());
        }
      }
    }
  }

  /** Whether it goes with a Workflow of Argo's, which has a time to live of its own. */
  private static boolean isKeptByWorkflow(ConfigMap owner) {
    return owner.getMetadata().getOwnerReferences().stream()
        .anyMatch(one -> one.getKind().equals("Workflow"));
  }

  private static Optional<RunId> run(ConfigMap owner) {
    var annotations = owner.getMetadata().getAnnotations();
    return Optional.ofNullable(annotations).map(all -> all.get(Labels.RUN)).map(RunId::new);
  }

  private List<ConfigMap> owners() {
    return cluster.all(
        page -> configMaps().withLabels(Labels.ours(mark)).withLabel(Labels.RUN).list(page));
  }

  private List<Job> jobs(RunId run) {
    return cluster.all(page ->
        client()
            .batch()
            .v1()
            .jobs()
            .inNamespace(namespace())
            .withLabels(Labels.of(mark, run))
            .list(page));
  }

  private NonNamespaceOperation<ConfigMap, ConfigMapList, Resource<ConfigMap>> configMaps() {
    return client().configMaps().inNamespace(namespace());
  }

  void deleteJob(String name) {
    cluster.ask(() ->
        client()
            .batch()
            .v1()
            .jobs()
            .inNamespace(namespace())
            .withName(name)
            .withPropagationPolicy(DeletionPropagation.BACKGROUND)
            .delete());
  }

  void deleteSecret(String name) {
    cluster.ask(() -> client().secrets().inNamespace(namespace()).withName(name).delete());
  }

  private void deleteOwner(String name) {
    cluster.ask(() ->
        configMaps().withName(name).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete());
  }

  /** Whether it is still kept for as long as a Job that nobody looks after. */
  private static boolean isUndecided(Job job) {
    var seconds = job.getSpec().getTtlSecondsAfterFinished();
    return seconds == null || seconds == ABANDONED.toSeconds();
  }

  /** Lets the cluster delete a Job so long after its end. */
  void keep(String job, Duration time) {
    var patch = "{\"spec\": {\"ttlSecondsAfterFinished\": %d}}".formatted(time.toSeconds());
    cluster.ask(() ->
        client()
            .batch()
            .v1()
            .jobs()
            .inNamespace(namespace())
            .withName(job)
            .patch(Patches.MERGE, patch));
  }
}
