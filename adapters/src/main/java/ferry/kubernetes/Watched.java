package ferry.kubernetes;

import static java.util.stream.Collectors.toMap;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects of one kind, as a watch tells of them. A watch whose connection died without a word tells
 * nothing for minutes; so the cluster is asked for the objects as well from time to time, and a
 * watch that has fallen silent is begun anew.
 */
public final class Watched<T extends HasMetadata> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watched.class);
  private static final String INDEX = "of";
  private static final long PAGE = 500;

  /**
   * How a watch is found silent.
   *
   * @param isNeeded whether anybody waits for what it may tell
   * @param every between two looks
   * @param given for the watch to tell what a look has shown
   */
  public record Looks(BooleanSupplier isNeeded, Duration every, Duration given) {
    /** As is usual. */
    public static Looks usual(BooleanSupplier isNeeded) {
      return new Looks(isNeeded, Duration.ofMinutes(1), Duration.ofSeconds(5));
    }

    /** None. */
    public static Looks none() {
      return usual(() -> false);
    }
  }

  /**
   * What is done with what is told.
   *
   * @param seen hears of an object as it is now, or as it was last, and whether it is gone
   * @param failed hears why the watch broke off
   */
  public record Hearer<T>(BiConsumer<T, Boolean> seen, Consumer<Throwable> failed) {}

  private final Cluster cluster;
  private final FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> objects;
  private final Function<T, String> index;
  private final Hearer<T> hearer;
  private SharedIndexInformer<T> informer;
  private @Nullable Thread looking;

  private Watched(
      Cluster cluster,
      FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> objects,
      Function<T, String> index,
      Hearer<T> hearer) {
    this.cluster = cluster;
    this.objects = objects;
    this.index = index;
    this.hearer = hearer;
    this.informer = begin();
  }

  /**
   * Begins to watch. What breaks off is begun again, for as long as there is a client.
   *
   * @param index the word by which objects are found; see {@link #of}
   */
  public static <T extends HasMetadata> Watched<T> of(
      Cluster cluster,
      FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> objects,
      Function<T, String> index,
      Hearer<T> hearer,
      Looks looks) {
    var watched = new Watched<>(cluster, objects, index, hearer);
    watched.looking = Thread.ofVirtual().name("look for silence").start(() -> watched.run(looks));
    return watched;
  }

  private SharedIndexInformer<T> begin() {
    var begun = objects.withLimit(PAGE).runnableInformer(0);
    begun.addIndexers(Map.of(INDEX, object -> List.of(index.apply(object))));
    begun.addEventHandler(new SeenHandler<>(hearer.seen()));
    begun.exceptionHandler((_, failure) -> {
      hearer.failed().accept(failure);
      LOG.info("a watch of the cluster broke off and begins again: {}", cluster.why(failure));
      return true;
    });
    begun.start();
    return begun;
  }

  private void run(Looks looks) {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(looks.every());
        if (looks.isNeeded().getAsBoolean()) {
          look(looks.given());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** Silent is a watch that knows no more than before, although there was more to tell. */
  private void look(Duration given) throws InterruptedException {
    var before = known();
    if (asked().map(before::equals).orElse(true)) {
      return;
    }
    Thread.sleep(given);
    if (known().equals(before)) {
      LOG.info("a watch of the cluster has fallen silent and begins again");
      var silent = renew();
      while (!informer().hasSynced()) {
        Thread.sleep(given);
      }
      tellGone(silent.getStore().list());
    }
  }

  private void tellGone(List<T> before) {
    var there = known().keySet();
    before.stream()
        .filter(object -> !there.contains(object.getMetadata().getUid()))
        .forEach(object -> hearer.seen().accept(object, true));
  }

  private Map<String, String> known() {
    return versions(informer().getStore().list());
  }

  private Optional<Map<String, String>> asked() {
    try {
      return Optional.of(versions(cluster.all(objects::list)));
    } catch (KubernetesClientException trouble) {
      LOG.debug("not looked at: {}", cluster.words(trouble).message());
      return Optional.empty();
    }
  }

  private static Map<String, String> versions(List<? extends HasMetadata> objects) {
    return objects.stream()
        .map(HasMetadata::getMetadata)
        .collect(toMap(about -> about.getUid(), about -> about.getResourceVersion(), (a, _) -> a));
  }

  /** Begins anew; gives back what was begun before. */
  private synchronized SharedIndexInformer<T> renew() {
    var silent = informer;
    silent.close();
    informer = begin();
    return silent;
  }

  private synchronized SharedIndexInformer<T> informer() {
    return informer;
  }

  /** Those with that word in the index, as far as they are known by now. */
  public List<T> of(String word) {
    return informer().getIndexer().byIndex(INDEX, word);
  }

  @Override
  public synchronized void close() {
    if (looking != null) {
      looking.interrupt();
    }
    informer.close();
  }
}
