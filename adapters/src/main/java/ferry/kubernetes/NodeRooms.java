package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is free on the nodes of a cluster, where the account may list nodes and all Pods. What was
 * seen is good for some seconds, and a refusal for some minutes, so that many waiting steps ask
 * once.
 */
final class NodeRooms {
  private static final Logger LOG = LoggerFactory.getLogger(NodeRooms.class);
  private static final Duration FRESH = Duration.ofSeconds(10);
  private static final Duration REFUSED = Duration.ofMinutes(10);
  private static final long PAGE = 500;

  /** In a cluster with more Pods, to count them all would cost more than the answer is worth. */
  private static final int MOST_PODS = 10_000;

  /** A node that takes steps, and what the Pods on it leave. */
  private record Room(Node node, Map<String, BigDecimal> whole, Map<String, BigDecimal> taken) {

    BigDecimal whole(String resource) {
      return whole.getOrDefault(resource, BigDecimal.ZERO);
    }

    BigDecimal free(String resource) {
      return whole(resource)
          .subtract(taken.getOrDefault(resource, BigDecimal.ZERO))
          .max(BigDecimal.ZERO);
    }

    String name() {
      return node.getMetadata().getName();
    }
  }

  private final KubernetesClient client;
  private final InstantSource clock;
  private Instant goodUntil = Instant.MIN;
  private List<Room> rooms = List.of();

  NodeRooms(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * What a Pod waits for, with what is free where it might run.
   *
   * @param why what is known without
   */
  String words(Pod pod, String why) {
    var lacks = WaitWords.lacks(pod);
    if (lacks.isEmpty()) {
      return why;
    }
    var fit = new NodeFit(pod);
    var open = rooms().stream().filter(room -> fit.takes(room.node())).toList();
    return open.isEmpty() ? why : WaitWords.noRoom(pod, lacks, free(pod, lacks, open));
  }

  private static String free(Pod pod, List<String> lacks, List<Room> open) {
    var parts = new ArrayList<String>();
    boolean mayFit = true;
    var asked = PodRequests.of(pod);
    for (var lack : lacks) {
      var most = most(lack, open);
      parts.add(words(lack, most));
      var largest = open.stream().map(room -> room.whole(lack)).reduce(BigDecimal::max);
      mayFit &=
          asked.getOrDefault(lack, BigDecimal.ZERO).compareTo(largest.orElse(BigDecimal.ZERO)) <= 0;
    }
    return String.join(", and ", parts)
        + (mayFit ? "; ask for less, or wait" : "; no node is that large: ask for less");
  }

  private static Room most(String resource, List<Room> open) {
    var most = open.getFirst();
    for (var room : open) {
      if (room.free(resource).compareTo(most.free(resource)) > 0) {
        most = room;
      }
    }
    return most;
  }

  private static String words(String resource, Room most) {
    return most.whole(resource).signum() == 0
        ? "no node has any " + resource
        : "at most %s on the node `%s`, which has %s in all"
            .formatted(
                Amounts.words(resource, most.free(resource)),
                most.name(),
                Amounts.words(resource, most.whole(resource)));
  }

  private synchronized List<Room> rooms() {
    var now = clock.instant();
    if (now.isBefore(goodUntil) && goodUntil.isBefore(now.plus(REFUSED).plus(FRESH))) {
      return rooms;
    }
    try {
      rooms = look();
      goodUntil = now.plus(FRESH);
    } catch (KubernetesClientException trouble) {
      LOG.info("what is free on nodes is not told: {}", ClusterTrouble.said(trouble));
      rooms = List.of();
      goodUntil = now.plus(trouble.getCode() > 0 ? REFUSED : FRESH);
    }
    return rooms;
  }

  private List<Room> look() {
    var nodes = client.nodes().list(page()).getItems();
    var taken = new HashMap<String, Map<String, BigDecimal>>();
    int seen = 0;
    var next = page();
    do {
      var some = client.pods().inAnyNamespace().list(next);
      seen += some.getItems().size();
      if (seen > MOST_PODS) {
        return List.of();
      }
      some.getItems().forEach(pod -> take(pod, taken));
      next.setContinue(some.getMetadata().getContinue());
    } while (!PodView.text(next.getContinue()).isEmpty());
    return nodes.stream().map(node -> room(node, taken)).toList();
  }

  private static ListOptions page() {
    return new ListOptionsBuilder().withLimit(PAGE).build();
  }

  private static Room room(Node node, Map<String, Map<String, BigDecimal>> taken) {
    var whole = new HashMap<String, BigDecimal>();
    Optional.ofNullable(node.getStatus())
        .map(status -> status.getAllocatable())
        .orElse(Map.of())
        .forEach((name, amount) -> whole.put(name, amount(amount)));
    return new Room(node, whole, taken.getOrDefault(node.getMetadata().getName(), Map.of()));
  }

  private static BigDecimal amount(Quantity quantity) {
    return quantity.getNumericalAmount();
  }

  /** What has ended holds nothing any more. */
  private static void take(Pod pod, Map<String, Map<String, BigDecimal>> taken) {
    var phase = pod.getStatus() == null ? "" : PodView.text(pod.getStatus().getPhase());
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      return;
    }
    var node = PodView.text(pod.getSpec().getNodeName());
    var sum = taken.computeIfAbsent(node, _ -> new HashMap<>());
    PodRequests.of(pod).forEach((name, amount) -> sum.merge(name, amount, BigDecimal::add));
    sum.merge("pods", BigDecimal.ONE, BigDecimal::add);
  }
}
