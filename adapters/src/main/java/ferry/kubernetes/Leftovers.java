package ferry.kubernetes;

import ferry.run.RunId;
import ferry.run.RunStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What runs that have ended leave in a cluster. Their Jobs are given a time to live; with the last
 * of them goes the object that owns all others, and with that all others. Every step of it may be
 * repeated.
 */
final class Leftovers {
  /** How long the Jobs of a run are kept that no server of ours looks after any more. */
  static final Duration ABANDONED = Duration.ofDays(30);

  /** How long what has succeeded is kept. */
  static final Duration KEPT = Duration.ofHours(1);

  /** How long the files of what did not succeed are there for a retry. */
  static final Duration KEPT_FOR_RETRY = Duration.ofDays(1);

  private static final long PAGE = 500;

  private final Cluster cluster;
  private final String mark;

  /**
   * What is left of a home's runs.
   *
   * @param mark the home's
   */
  Leftovers(Cluster cluster, String mark) {
    this.cluster = cluster;
    this.mark = mark;
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

  /** A run has ended: its secret values go at once, all else after a while. */
  void ended(RunId run, Duration kept) {
    deleteSecret(ObjectNames.of(run, "given"));
    var jobs =
        jobs(run).stream().filter(job -> job.getMetadata().getDeletionTimestamp() == null).toList();
    if (jobs.isEmpty()) {
      deleteOwner(ObjectNames.of(run, "run"));
    }
    jobs.stream()
        .filter(job -> !isKept(job, kept))
        .forEach(job -> keep(job.getMetadata().getName(), kept));
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
  void sweep(Function<RunId, Optional<RunStatus>> status) {
    for (var owner : owners()) {
      var run = run(owner);
      if (run.isPresent()) {
        var known = status.apply(run.get());
        if (known.isEmpty()) {
          removed(run.get());
        } else if (known.get().isEnded()) {
          boolean isShared = owner.getMetadata().getAnnotations().containsKey(Labels.EXPERIMENT);
          ended(run.get(), kept(known.get(), isShared));
        }
      }
    }
  }

  private static Optional<RunId> run(ConfigMap owner) {
    var annotations = owner.getMetadata().getAnnotations();
    return Optional.ofNullable(annotations).map(all -> all.get(Labels.RUN)).map(RunId::new);
  }

  private List<ConfigMap> owners() {
    var page = new ListOptionsBuilder().withLimit(PAGE).build();
    return cluster.ask(() ->
        client()
            .configMaps()
            .inNamespace(namespace())
            .withLabels(Labels.ours(mark))
            .withLabel(Labels.RUN)
            .list(page)
            .getItems());
  }

  private List<Job> jobs(RunId run) {
    return cluster.ask(() ->
        client()
            .batch()
            .v1()
            .jobs()
            .inNamespace(namespace())
            .withLabels(Labels.of(mark, run))
            .list()
            .getItems());
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
        client()
            .configMaps()
            .inNamespace(namespace())
            .withName(name)
            .withPropagationPolicy(DeletionPropagation.BACKGROUND)
            .delete());
  }

  private static boolean isKept(Job job, Duration time) {
    var seconds = job.getSpec().getTtlSecondsAfterFinished();
    return seconds != null && seconds == time.toSeconds();
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
