package ferry.collect;

import ferry.backend.Plan;
import ferry.collect.LogMetrics.Found;
import ferry.run.AttemptId;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.tracking.Logs;
import java.time.Duration;
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

  /** Whoever wants to know what a run prints. */
  public interface Taker {

    /**
     * Metrics were found.
     *
     * @param source the step run and attempt in whose log they stand, as {@code train/1}
     * @param first the index of the first of them among all in that log
     */
    void seen(String source, long first, List<Found> found);

    /** The run has ended, and everything was told. */
    void ended(RunState state);
  }

  /** A run that is followed, and how far it has come. */
  private static final class Followed {
    private final Taker taker;
    private final Supplier<LogMetrics> reader;
    private final Map<AttemptId, AttemptTail> tails = new LinkedHashMap<>();
    private RunState state;

    Followed(Plan plan, Supplier<LogMetrics> reader, Taker taker) {
      this.taker = taker;
      this.reader = reader;
      this.state = RunState.of(plan.workflow());
    }
  }

  private sealed interface News {}

  private record Begin(RunId run, Followed followed) implements News {}

  private record Happened(RunId run, Followed followed, RunEvent event) implements News {}

  private final Logs logs;
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private final Map<RunId, Followed> followed = new LinkedHashMap<>();

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
    var one = new Followed(plan, reader, taker);
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
        readToEnd(one, tail);
        one.tails.remove(id);
      }
    }
    if (one.state.status().isEnded()) {
      one.tails.values().forEach(tail -> readToEnd(one, tail));
      followed.remove(run);
      one.taker.ended(one.state);
    }
  }

  private void readToEnd(Followed one, AttemptTail tail) {
    while (tail.isBehind(logs)) {
      tell(one, tail, tail.read(logs));
    }
    tell(one, tail, tail.end());
  }

  private void look() {
    for (var one : followed.values()) {
      one.tails.values().forEach(tail -> tell(one, tail, tail.read(logs)));
    }
  }

  private static void tell(Followed one, AttemptTail tail, List<Found> found) {
    if (!found.isEmpty()) {
      one.taker.seen(tail.source(), tail.told(), found);
      tail.told(found.size());
    }
  }
}
