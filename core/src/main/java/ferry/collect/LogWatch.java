package ferry.collect;

import ferry.backend.Plan;
import ferry.collect.LogMetrics.Found;
import ferry.run.AttemptId;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.tracking.Logs;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs of runs while they run and tells what metrics stand in them, in order, and that
 * the run has ended once all of its logs are read. One thread for all runs: a log of which much is
 * left to read is read a piece at a time, between those of others.
 */
public final class LogWatch {
  private static final Duration LOOK = Duration.ofMillis(100);

  /** At every so many looks at the logs it is looked beside them. */
  private static final int LOOKS_BESIDE = 5;

  /** Whoever wants to know what a run prints. */
  public interface Taker {

    /**
     * Metrics were found.
     *
     * @param source the step run and attempt in whose log they stand, as {@code train/1}
     * @param first the index of the first of them among all in that log
     */
    void seen(String source, long first, List<Found> found);

    /**
     * The run has ended, and everything was told.
     *
     * @param likely the last lines of its logs that looked as if they told a metric
     */
    void ended(RunState state, List<String> likely);
  }

  /** A run that is followed, and how far it has come. */
  private static final class Followed {
    private final RunId run;
    private final Taker taker;
    private final Supplier<LogMetrics> reader;
    private final Beside beside;
    private final Map<String, Long> toldBeside = new HashMap<>();
    private final Map<AttemptId, AttemptTail> tails = new LinkedHashMap<>();
    private final String stepRun;
    private RunState state;
    private List<String> likely = List.of();

    Followed(Plan plan, Supplier<LogMetrics> reader, Beside beside, Taker taker) {
      this.run = plan.id();
      this.taker = taker;
      this.beside = beside;
      this.reader = reader;
      this.stepRun = plan.workflow().steps().getLast().name();
      this.state = RunState.of(plan.workflow());
    }

    private Optional<AttemptTail> closing() {
      return tails.values().stream().filter(AttemptTail::isClosing).findFirst();
    }
  }

  private sealed interface News {}

  private record Begin(RunId run, Followed followed) implements News {}

  private record Happened(RunId run, Followed followed, RunEvent event) implements News {}

  private final Logs logs;
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private final Map<RunId, Followed> followed = new LinkedHashMap<>();

  /** Those of whose logs there is more to read at once. */
  private final Set<Followed> busy = new LinkedHashSet<>();

  private long looks;

  public LogWatch(Logs logs) {
    this.logs = logs;
  }

  /**
   * Follows a run from its beginning, anew where it is followed already.
   *
   * @param reader makes a reader for each of its logs
   * @return where to tell what happens to the run, from its beginning
   */
  public java.util.function.Consumer<RunEvent> follow(
      Plan plan, Supplier<LogMetrics> reader, Taker taker) {
    return follow(plan, reader, Beside.NOTHING, taker);
  }

  /** As {@link #follow(Plan, Supplier, Taker)}, and reads what the run tells beside its logs. */
  public java.util.function.Consumer<RunEvent> follow(
      Plan plan, Supplier<LogMetrics> reader, Beside beside, Taker taker) {
    var one = new Followed(plan, reader, beside, taker);
    news.add(new Begin(plan.id(), one));
    return event -> news.add(new Happened(plan.id(), one, event));
  }

  /** Reads until the thread is interrupted. */
  public void run() {
    long lookAt = System.nanoTime();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        takeAll(next(lookAt));
        if (System.nanoTime() - lookAt >= 0) {
          look();
          lookAt = System.nanoTime() + LOOK.toNanos();
        }
        catchUp();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** One turn with all that is told by now; for those who drive it themselves. */
  void turn() {
    takeAll(news.poll());
    look();
    catchUp();
  }

  private @Nullable News next(long lookAt) throws InterruptedException {
    if (!busy.isEmpty()) {
      return news.poll();
    }
    return isReading() ? news.poll(lookAt - System.nanoTime(), TimeUnit.NANOSECONDS) : news.take();
  }

  private void takeAll(@Nullable News first) {
    for (var next = first; next != null; next = news.poll()) {
      take(next);
    }
  }

  private boolean isReading() {
    return followed.values().stream().anyMatch(one -> !one.tails.isEmpty());
  }

  private void take(News what) {
    switch (what) {
      case Begin(var run, var one) -> followed.put(run, one);
      case Happened(var run, var one, var event) -> {
        if (isFollowed(run, one)) {
          happened(run, one, event);
        }
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same following, not one that is like it
  private boolean isFollowed(RunId run, Followed one) {
    return followed.get(run) == one;
  }

  private void happened(RunId run, Followed one, RunEvent event) {
    if (one.state.status().isEnded()) {
      return; // what is left of its logs is read already
    }
    one.state = one.state.apply(event);
    if (event instanceof RunEvent.StepEvent step && !(event instanceof RunEvent.Pending)) {
      var id = new AttemptId(run, step.stepRun(), step.attempt());
      var tail = one.tails.computeIfAbsent(id, _ -> new AttemptTail(id, one.reader.get()));
      if (event instanceof RunEvent.Ended) {
        tail.close();
      }
    }
    if (one.state.status().isEnded()) {
      one.tails.values().forEach(AttemptTail::close);
    }
    if (one.state.status().isEnded() || one.closing().isPresent()) {
      busy.add(one);
    }
  }

  /** Reads a piece on wherever something is left, and tells the ends of runs that are read. */
  private void catchUp() {
    for (var one : List.copyOf(busy)) {
      if (!isFollowed(one.run, one)) {
        busy.remove(one);
        continue;
      }
      one.closing()
          .ifPresentOrElse(
              tail -> readToItsEnd(one, tail),
              () -> one.tails.values().forEach(tail -> read(one, tail)));
      if (one.tails.isEmpty() && one.state.status().isEnded()) {
        end(one);
      }
      if (one.closing().isEmpty() && one.tails.values().stream().noneMatch(this::isBehind)) {
        busy.remove(one);
      }
    }
  }

  /** The logs of later attempts wait for it, so that what is told is in order. */
  private void readToItsEnd(Followed one, AttemptTail tail) {
    read(one, tail);
    if (!isBehind(tail)) {
      guarded(tail, () -> tell(one, tail, tail.end()));
      one.likely = tail.likely().isEmpty() ? one.likely : tail.likely();
      one.tails.values().remove(tail);
    }
  }

  private void read(Followed one, AttemptTail tail) {
    guarded(tail, () -> tell(one, tail, tail.read(logs)));
  }

  private boolean isBehind(AttemptTail tail) {
    return tail.isBehind(logs);
  }

  private void end(Followed one) {
    readBeside(one);
    readBeside(one); // what waits for another look has had it
    followed.remove(one.run);
    var names = one.beside.names();
    one.taker.ended(one.state, names.isEmpty() ? one.likely : names);
  }

  private void look() {
    boolean isTime = looks++ % LOOKS_BESIDE == 0;
    for (var one : followed.values()) {
      if (isTime && !one.tails.isEmpty()) {
        readBeside(one);
      }
      if (one.closing().isEmpty()) {
        one.tails.values().forEach(tail -> read(one, tail));
        if (one.tails.values().stream().anyMatch(this::isBehind)) {
          busy.add(one);
        }
      }
    }
  }

  /** What cannot be read now is read later, or was never there. */
  private static void readBeside(Followed one) {
    var source = one.stepRun + "/";
    try {
      one.beside.read((part, found) -> {
        if (!found.isEmpty()) {
          long told = one.toldBeside.merge(part, (long) found.size(), Long::sum) - found.size();
          one.taker.seen(source + part, told, found);
        }
      });
    } catch (RuntimeException _) {
      // the disk or the store has a trouble, of which others tell
    }
  }

  /** One log that cannot be read, or that a form chokes on, must not end the reading of others. */
  private static void guarded(AttemptTail tail, Runnable reading) {
    try {
      reading.run();
    } catch (RuntimeException | StackOverflowError _) {
      tail.giveUp();
    }
  }

  private static void tell(Followed one, AttemptTail tail, List<Found> found) {
    if (!found.isEmpty()) {
      one.taker.seen(tail.source(), tail.told(), found);
      tail.told(found.size());
    }
  }
}
