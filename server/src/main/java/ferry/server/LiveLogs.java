package ferry.server;

import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.tracking.AttemptRecord;
import ferry.tracking.Logs;
import ferry.tracking.StepRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run's attempts print, as events. It reads where the watcher has come to, so a slow watcher
 * costs no memory; one that falls far behind is told how much was left out.
 */
final class LiveLogs {
  private static final int PIECE = 64 << 10;

  /** What an attempt may be ahead of the watcher. */
  private static final long MOST_BEHIND = 4 << 20;

  private final RunId run;
  private final Logs logs;
  private final boolean wanted;
  private final Optional<Instant> since;

  /** So many lines of what was there when the watching began; -1 for all. */
  private int tail;

  /** Attempts that run, with the positions to go on from. */
  private final Map<AttemptId, Long> running = new LinkedHashMap<>();

  /** The newest attempt of each step run that was told to its end. */
  private final Map<String, Integer> finished = new HashMap<>();

  /**
   * The logs of a run.
   *
   * @param tail only so many of the lines that are there; -1 for all
   * @param since attempts that started then or later are told whole
   */
  LiveLogs(RunId run, Logs logs, int tail, Optional<Instant> since) {
    this(run, logs, true, tail, since);
  }

  private LiveLogs(RunId run, Logs logs, boolean wanted, int tail, Optional<Instant> since) {
    this.run = run;
    this.logs = logs;
    this.wanted = wanted;
    this.tail = tail;
    this.since = since;
  }

  /** No logs at all. */
  static LiveLogs none(RunId run, Logs logs) {
    return new LiveLogs(run, logs, false, -1, Optional.empty());
  }

  boolean isFollowing() {
    return !running.isEmpty();
  }

  /** Takes up attempts that began, and tells to their end those that ended. */
  void follow(Iterable<StepRecord> steps, SseWriter out) throws IOException {
    if (!wanted) {
      return;
    }
    for (var step : steps) {
      for (var attempt : step.attempts()) {
        follow(step.name(), attempt, out);
      }
    }
    tail = -1;
    out.flush();
  }

  private void follow(String step, AttemptRecord attempt, SseWriter out) throws IOException {
    if (attempt.number() <= finished.getOrDefault(step, 0)) {
      return;
    }
    var id = new AttemptId(run, step, attempt.number());
    if (!running.containsKey(id)) {
      running.put(id, tail < 0 || isNew(attempt) ? 0L : logs.startOfTail(id, tail));
    }
    if (attempt.ended().isPresent()) {
      send(id, true, out);
      running.remove(id);
      finished.put(step, attempt.number());
    }
  }

  private boolean isNew(AttemptRecord attempt) {
    return since.isPresent()
        && attempt.started().map(started -> !started.isBefore(since.get())).orElse(true);
  }

  /** Tells what running attempts printed since last time. */
  void send(SseWriter out) throws IOException {
    for (var id : running.keySet()) {
      send(id, false, out);
    }
  }

  private void send(AttemptId id, boolean last, SseWriter out) throws IOException {
    long at = running.getOrDefault(id, 0L);
    long behind = logs.size(id) - at;
    long skipped = behind > MOST_BEHIND ? behind - MOST_BEHIND / 4 : 0;
    at += skipped;
    while (true) {
      var bytes = logs.read(id, at, PIECE).bytes();
      int length = last && bytes.length < PIECE ? bytes.length : Utf8.whole(bytes);
      if (length == 0) {
        break;
      }
      at += length;
      running.put(id, at);
      tell(id, new String(bytes, 0, length, StandardCharsets.UTF_8), at, skipped, out);
      skipped = 0;
    }
  }

  private static void tell(AttemptId id, String text, long next, long skipped, SseWriter out)
      throws IOException {
    out.event(
        "log",
        json -> {
          json.text("step", id.stepRun())
              .number("attempt", (long) id.number())
              .text("text", text)
              .number("next", next);
          if (skipped > 0) {
            json.number("skipped", skipped);
          }
        });
  }
}
