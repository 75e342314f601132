package ferry.kubernetes;

import ferry.backend.Plan;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where what waits stands in the queues of Kueue, which holds Jobs and Pods back until there is
 * quota for them, as its Workload objects and its visibility API tell. What was seen is good for
 * some seconds, so that many waiting steps ask once. An account that may not look there is told the
 * queue's name alone.
 */
public final class KueueQueues {
  /** The label by which a Job or a Pod names its queue. */
  public static final String LABEL = "kueue.x-k8s.io/queue-name";

  private static final Logger LOG = LoggerFactory.getLogger(KueueQueues.class);
  private static final String GROUP = "kueue.x-k8s.io";
  private static final String VISIBILITY = "visibility.kueue.x-k8s.io";
  private static final String WORKLOAD_OF = "kueue.x-k8s.io/job-uid";
  private static final Duration FRESH = Duration.ofSeconds(4);
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final String namespace;
  private final InstantSource clock;
  private final Map<String, String> versions = new HashMap<>();
  private final Map<String, Seen<Map<String, Integer>>> places = new HashMap<>();
  private Seen<Map<String, GenericKubernetesResource>> workloads =
      new Seen<>(Instant.MIN, Map.of());

  private record Seen<T>(Instant at, T what) {}

  /** The queue that a run is to wait in: what was asked for, else the notebook's own. */
  public static Optional<String> of(Plan plan, PodSetting setting) {
    return Optional.ofNullable(plan.setting().get(RunSettings.QUEUE))
        .or(() -> Optional.ofNullable(setting.labels().get(LABEL)));
  }

  KueueQueues(KubernetesClient client, String namespace, InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.clock = clock;
  }

  /**
   * Why something waits that Kueue may hold back.
   *
   * @param uid of the Job or the Pod
   * @param queue that it names
   */
  synchronized String words(String uid, String queue) {
    var workload = Optional.ofNullable(workloads().get(uid));
    var place = workload.flatMap(one -> place(queue, one.getMetadata().getName()));
    var why = workload.map(KueueQueues::why).orElse("");
    return "it waits in the queue `%s` of Kueue%s%s"
        .formatted(queue, place.orElse(""), why.isEmpty() ? "" : ": " + why);
  }

  private boolean isFresh(Instant at) {
    var now = clock.instant();
    return !at.isAfter(now) && at.plus(FRESH).isAfter(now);
  }

  private Map<String, GenericKubernetesResource> workloads() {
    if (workloads.at().equals(Instant.MIN) || !isFresh(workloads.at())) {
      var all = new HashMap<String, GenericKubernetesResource>();
      asked(() ->
          client
              .genericKubernetesResources(kind(version(GROUP, "v1beta1")))
              .inNamespace(namespace)
              .withLabel(WORKLOAD_OF)
              .list(new ListOptionsBuilder().withLimit(PAGE).build())
              .getItems()
              .forEach(one -> all.put(one.getMetadata().getLabels().get(WORKLOAD_OF), one)));
      workloads = new Seen<>(clock.instant(), all);
    }
    return workloads.what();
  }

  private static ResourceDefinitionContext kind(String version) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(GROUP)
        .withVersion(version)
        .withKind("Workload")
        .withPlural("workloads")
        .withNamespaced(true)
        .build();
  }

  /** The version that the cluster prefers, for old ones are gone some day. */
  private String version(String group, String usual) {
    return versions.computeIfAbsent(
        group,
        _ ->
            Optional.ofNullable(client.getApiGroup(group))
                .map(found -> found.getPreferredVersion().getVersion())
                .orElse(usual));
  }

  private Optional<String> place(String queue, String workload) {
    var known = places.get(queue);
    if (known == null || !isFresh(known.at())) {
      known = new Seen<>(clock.instant(), look(queue));
      places.put(queue, known);
    }
    int waiting = known.what().size();
    return Optional.ofNullable(known.what().get(workload))
        .map(at -> ", as number %d of the %d that wait there".formatted(at + 1, waiting));
  }

  /** Workloads that wait in a queue by their place, from 0. */
  private Map<String, Integer> look(String queue) {
    var all = new HashMap<String, Integer>();
    asked(() -> {
      var path =
          "/apis/%s/%s/namespaces/%s/localqueues/%s/pendingworkloads"
              .formatted(VISIBILITY, version(VISIBILITY, "v1beta1"), namespace, queue);
      var said = client.raw(path);
      if (said != null) {
        Map<?, ?> list = client.getKubernetesSerialization().unmarshal(said, Map.class);
        entries(list.get("items")).forEach(one -> put(all, one));
      }
    });
    return all;
  }

  private static void put(Map<String, Integer> all, Map<?, ?> one) {
    if (one.get("metadata") instanceof Map<?, ?> metadata
        && metadata.get("name") instanceof String name) {
      // A zero is left out of the text.
      all.put(name, one.get("positionInLocalQueue") instanceof Number at ? at.intValue() : 0);
    }
  }

  /** What cannot be asked is left out of the sentence. */
  private static void asked(Runnable question) {
    try {
      question.run();
    } catch (KubernetesClientException trouble) {
      LOG.info("Kueue cannot be asked: {}", ClusterTrouble.said(trouble));
    }
  }

  /** What keeps a workload from being admitted, as Kueue says it. */
  private static String why(GenericKubernetesResource workload) {
    var status = workload.getAdditionalProperties().get("status");
    var conditions = status instanceof Map<?, ?> map ? entries(map.get("conditions")) : List.of();
    var words = "";
    for (var one : conditions) {
      if (one instanceof Map<?, ?> condition) {
        words = better(words, condition);
      }
    }
    return words;
  }

  /** That it has no quota says more than that it is not admitted. */
  private static String better(String words, Map<?, ?> condition) {
    var message = String.valueOf(condition.get("message"));
    boolean isMet = "True".equals(condition.get("status"));
    return switch (String.valueOf(condition.get("type"))) {
      case "QuotaReserved" -> isMet ? words : message;
      case "Evicted" -> isMet && words.isEmpty() ? message : words;
      case "Admitted" -> !isMet && words.isEmpty() ? message : words;
      default -> words;
    };
  }

  private static List<Map<?, ?>> entries(@org.jspecify.annotations.Nullable Object list) {
    return list instanceof List<?> some
        ? some.stream()
            .<Map<?, ?>>mapMulti((one, all) -> {
              if (one instanceof Map<?, ?> map) {
                all.accept(map);
              }
            })
            .toList()
        : List.of();
  }
}
