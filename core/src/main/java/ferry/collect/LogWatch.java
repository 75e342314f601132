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
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reads the logs of runs while they run and tells what metrics stand in them, in order, and that
 * the run has ended once all of its logs are read. One thread for all runs.
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
    private final Taker taker;
    private final Supplier<LogMetrics> reader;
    private final Beside beside;
    private final Map<String, Long> toldBeside = new HashMap<>();
    private final Map<AttemptId, AttemptTail> tails = new LinkedHashMap<>();
    private final String stepRun;
    private RunState state;
    private List<String> likely = List.of();

    Followed(Plan plan, Supplier<LogMetrics> reader, Beside beside, Taker taker) {
      this.taker = taker;
      this.beside = beside;
      this.reader = reader;
      this.stepRun = plan.workflow().steps().getLast().name();
      this.state = RunState.of(plan.workflow());
    }
  }

  private sealed interface News {}

  private record Begin(RunId run, Followed followed) implements News {}

  private record Happened(RunId run, Followed followed, RunEvent event) implements News {}

  private final Logs logs;
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private final Map<RunId, Followed> followed = new LinkedHashMap<>();

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
        var next =
            isReading() ? news.poll(lookAt - System.nanoTime(), TimeUnit.NANOSECONDS) : news.take();
        if (next != null) {
          take(next);
        }
        if (System.nanoTime() - lookAt >= 0) {
          look();
          lookAt = System.nanoTime() + LOOK.toNanos();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
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
    one.state = one.state.apply(event);
    if (event instanceof RunEvent.StepEvent step && !(event instanceof RunEvent.Pending)) {
      var id = new AttemptId(run, step.stepRun(), step.attempt());
      var tail = one.tails.computeIfAbsent(id, _ -> new AttemptTail(id, one.reader.get()));
      if (event instanceof RunEvent.Ended) {
        finish(one, tail);
        one.tails.remove(id);
      }
    }
    if (one.state.status().isEnded()) {
      one.tails.values().forEach(tail -> finish(one, tail));
      readBeside(one);
      followed.remove(run);
      one.taker.ended(one.state, one.likely);
    }
  }

  private void finish(Followed one, AttemptTail tail) {
    guarded(
        tail,
        () -> {
          while (tail.isBehind(logs)) {
            tell(one, tail, tail.read(logs));
          }
          tell(one, tail, tail.end());
        });
    if (!tail.likely().isEmpty()) {
      one.likely = tail.likely();
    }
  }

  private void look() {
    boolean isTime = looks++ % LOOKS_BESIDE == 0;
    for (var one : followed.values()) {
      if (isTime && !one.tails.isEmpty()) {
        readBeside(one);
      }
      one.tails.values().forEach(tail -> guarded(tail, () -> tell(one, tail, tail.read(logs))));
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
