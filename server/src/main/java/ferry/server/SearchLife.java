package ferry.server;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The threads that drive experiments and read logs. */
final class SearchLife implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SearchPorts ports;
  private final List<Thread> threads;

  /**
   * Threads that are not running yet.
   *
   * @param broken told what ended one of them
   */
  SearchLife(SearchPorts ports, Consumer<Throwable> broken) {
    this.ports = ports;
    threads =
        List.of(
            thread("logs", ports.logs()::run, broken),
            thread("metrics", ports.metrics()::run, broken),
            thread("experiments", ports.experiments()::run, broken));
  }

  private static Thread thread(String name, Runnable loop, Consumer<Throwable> broken) {
    return Thread.ofPlatform()
        .name(name)
        .daemon()
        .uncaughtExceptionHandler((_, failure) -> broken.accept(failure))
        .unstarted(loop);
  }

  /** Takes up what was under way; the engine of runs goes already. */
  void start() {
    ports.experiments().recover();
    threads.forEach(Thread::start);
  }

  boolean isBusy() {
    return !ports.experiments().isIdle() || ports.feed().watching() > 0;
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (var thread : threads) {
        thread.join(PATIENCE);
      }
      ports.metrics().flush();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
