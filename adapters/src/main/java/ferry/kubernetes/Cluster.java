package ferry.kubernetes;

import ferry.kubernetes.rights.GrantedRights;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One namespace of one cluster: its one client, what is watched there by label, and a bound on how
 * much is asked at one time.
 */
public final class Cluster implements AutoCloseable {
  private static final long PAGE = 500;
  private static final int MOST_AT_ONCE = 12;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final String JOB_NAME = "job-name";

  /** Hears of everything that is watched; must not wait. */
  interface Listener {
    void pod(String job, Pod pod, boolean isGone);

    void job(Job job, boolean isGone);

    void warning(Event event);

    /** Whether it waits for anything. */
    boolean isNeeded();

    /** Something may not be watched, so nothing will be seen of it. */
    default void refused(ClusterTrouble words) {}
  }

  private final ClusterAddress address;
  private final KubernetesClient client;
  private final WaitReasons reasons;
  private final GrantedRights rights;
  private final Semaphore permits = new Semaphore(MOST_AT_ONCE, true);
  private @Nullable Watched<Pod> pods;
  private @Nullable Watched<Job> jobs;
  private @Nullable Watched<Event> events;

  public Cluster(ClusterAddress address) {
    this.address = address;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Connection.config(address))
            .withKubernetesSerialization(ClusterJson.JSON)
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor(Pace.NAME, Pace.usual()))
            .build();
    this.rights = new GrantedRights(client, address.namespace());
    this.reasons = new WaitReasons(client, address.namespace(), InstantSource.system());
  }

  /** What its other objects tell of why something waits. */
  public WaitReasons reasons() {
    return reasons;
  }

  /** What the account may do there. */
  public GrantedRights rights() {
    return rights;
  }

  public KubernetesClient client() {
    return client;
  }

  public ClusterAddress address() {
    return address;
  }

  /** Asks something, when there are not too many questions already. */
  public <T> T ask(Supplier<T> question) {
    permits.acquireUninterruptibly();
    try {
      return question.get();
    } finally {
      permits.release();
    }
  }

  public ClusterTrouble words(KubernetesClientException trouble) {
    return ClusterTrouble.of(client.getMasterUrl().toString(), trouble);
  }

  /** What broke a watch off, in words: a client alone says no more than that an error occurred. */
  public String why(Throwable failure) {
    return refusal(failure, _ -> true)
        .map(trouble -> words(trouble).message())
        .orElse(String.valueOf(failure.getMessage()));
  }

  /**
   * Does something, and words what the cluster says to it.
   *
   * @throws ferry.error.UserException where the cluster does not answer, or refuses
   */
  public void worded(Runnable question) {
    try {
      question.run();
    } catch (KubernetesClientException trouble) {
      throw words(trouble).thrown();
    }
  }

  /**
   * Begins to watch what has a home's labels, unless that has begun.
   *
   * @return whether it begins now
   */
  synchronized boolean watch(String home, Listener listener) {
    if (pods != null) {
      return false;
    }
    var labels = Labels.ours(home);
    var namespace = address.namespace();
    var looks = Watched.Looks.usual(listener::isNeeded);
    pods =
        Watched.of(
            this,
            client.pods().inNamespace(namespace).withLabels(labels),
            Cluster::jobOf,
            new Watched.Hearer<>(
                (pod, isGone) -> listener.pod(jobOf(pod), pod, isGone), refused(listener)),
            looks);
    jobs =
        Watched.of(
            this,
            client.batch().v1().jobs().inNamespace(namespace).withLabels(labels),
            job -> job.getMetadata().getName(),
            new Watched.Hearer<>(listener::job, refused(listener)),
            looks);
    events = warnings(listener::warning);
    return true;
  }

  /** Tells whoever must know it that something may not be watched. */
  private Consumer<Throwable> refused(Listener listener) {
    return failure -> forbidden(failure).ifPresent(listener::refused);
  }

  /** Begins to watch the warnings of all objects. */
  public Watched<Event> warnings(Consumer<Event> hearer) {
    return Watched.of(
        this,
        client.v1().events().inNamespace(address.namespace()).withField("type", "Warning"),
        _ -> "",
        new Watched.Hearer<>(
            (event, isGone) -> {
              if (!isGone) {
                hearer.accept(event);
              }
            },
            _ -> {}),
        Watched.Looks.none());
  }

  /** All of a list, which is asked for in parts. */
  <T extends HasMetadata> List<T> all(
      Function<ListOptions, ? extends KubernetesResourceList<T>> list) {
    var all = new ArrayList<T>();
    String next = null;
    do {
      var page = new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build();
      var part = ask(() -> list.apply(page));
      all.addAll(part.getItems());
      next = part.getMetadata() == null ? null : part.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
    return all;
  }

  /** In words that something may not be watched, where a watch broke off for that. */
  public Optional<ClusterTrouble> forbidden(Throwable failure) {
    return refusal(failure, Cluster::isForbidden).map(this::words);
  }

  private static boolean isForbidden(KubernetesClientException trouble) {
    return trouble.getCode() == UNAUTHORIZED || trouble.getCode() == FORBIDDEN;
  }

  private static Optional<KubernetesClientException> refusal(
      Throwable failure, Predicate<KubernetesClientException> wanted) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException trouble && wanted.test(trouble)) {
        return Optional.of(trouble);
      }
    }
    return Optional.empty();
  }

  /** The Pods of a Job, asked for anew. */
  List<Pod> podsNow(String job) {
    return client
        .pods()
        .inNamespace(address.namespace())
        .withLabel(JOB_NAME, job)
        .list()
        .getItems();
  }

  /** The Pods of a Job that are known by now. */
  synchronized List<Pod> podsOf(String job) {
    return pods == null ? List.of() : pods.of(job);
  }

  private static String jobOf(Pod pod) {
    var labels = pod.getMetadata().getLabels();
    return labels == null ? "" : Optional.ofNullable(labels.get(JOB_NAME)).orElse("");
  }

  @Override
  public synchronized void close() {
    if (pods != null && jobs != null && events != null) {
      pods.close();
      jobs.close();
      events.close();
    }
    client.close();
  }
}
