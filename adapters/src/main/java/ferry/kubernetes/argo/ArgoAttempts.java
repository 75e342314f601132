package ferry.kubernetes.argo;

import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.kubernetes.AttemptLog;
import ferry.kubernetes.Mask;
import ferry.kubernetes.Telling;
import ferry.kubernetes.Wait;
import ferry.tracking.AttemptPath;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The attempts of one run that are followed, each on a thread of its own. */
final class ArgoAttempts {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Plan plan;
  private final ArgoRun.Around around;
  private final Consumer<Pod> delete;
  private final Consumer<String> lookUp;
  private final Map<String, ArgoAttempt> attempts = new ConcurrentHashMap<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Set<String> ending = ConcurrentHashMap.newKeySet();
  private volatile boolean isAnyGivenUp;

  /**
   * None yet.
   *
   * @param delete ends a Pod
   * @param lookUp hears which attempt wants to be told all that the cluster knows of it
   */
  ArgoAttempts(Plan plan, ArgoRun.Around around, Consumer<Pod> delete, Consumer<String> lookUp) {
    this.plan = plan;
    this.around = around;
    this.delete = delete;
    this.lookUp = lookUp;
  }

  /** Follows one; whether it was not followed yet. */
  boolean follow(String key, AttemptSpec spec) {
    var life = new ArgoAttempt(spec, around(key, spec));
    boolean isNew = attempts.putIfAbsent(key, life) == null;
    if (isNew) {
      threads.add(Thread.ofVirtual().name("attempt " + spec.id()).start(life));
    }
    return isNew;
  }

  private ArgoAttempt.Around around(String key, AttemptSpec spec) {
    var directory = AttemptPath.of(around.home(), spec.id());
    var mask = new ExecutorLines(new Mask(plan)::hide);
    return new ArgoAttempt.Around(
        around.cluster().client(),
        around.cluster().reasons(),
        around.clock(),
        new Wait(plan, spec.id(), around.reports(), around.clock()),
        new Telling(plan, spec.id(), around.reports(), around.clock()),
        lastWord -> new AttemptLog(directory, mask, lastWord),
        delete,
        log -> log.keepOutputs(plan, spec, around.outputs()),
        () -> ending.add(key),
        () -> lookUp.accept(key),
        () -> isAnyGivenUp = true,
        over -> {
          attempts.remove(key, over);
          ending.remove(key);
          threads.remove(Thread.currentThread());
        });
  }

  /** Tells one something, where it is followed. */
  void put(String key, ArgoAttempt.Signal signal) {
    var life = attempts.get(key);
    if (life != null) {
      life.put(signal);
    }
  }

  void putAll(ArgoAttempt.Signal signal) {
    attempts.values().forEach(life -> life.put(signal));
  }

  /** Does something for each by its key. */
  void forEach(Consumer<String> work) {
    attempts.keySet().forEach(work);
  }

  /** Those whose end is told, while the cluster has not noticed it yet. */
  Set<String> ending() {
    return ending;
  }

  /** Whether Argo may still start one that had waited too long. */
  boolean isAnyGivenUp() {
    return isAnyGivenUp;
  }

  /** Lets go of all where they are. */
  void close() throws InterruptedException {
    threads.forEach(Thread::interrupt);
    for (var thread : threads) {
      thread.join(CLOSING);
    }
  }
}
