package ferry.server;

import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.server.http.Exchange;
import ferry.server.http.Route;
import ferry.tracking.AttemptRecord;
import ferry.tracking.Logs;
import ferry.tracking.RunCatalog;
import ferry.tracking.StepRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What steps printed: all of it, a range, the last lines, or as it comes. */
final class LogResource {
  private static final String TYPE = "text/plain; charset=utf-8";
  private static final int PIECE = 64 << 10;
  private static final int MOST_LINES = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final RunCatalog catalog;
  private final RunLookup lookup;
  private final RunFeed feed;
  private final Logs logs;

  LogResource(RunCatalog catalog, RunLookup lookup, RunFeed feed, Logs logs) {
    this.catalog = catalog;
    this.lookup = lookup;
    this.feed = feed;
    this.logs = logs;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "/api/v1/runs/{run}/steps/{step}/log", this::log));
  }

  private void log(Exchange exchange) throws IOException, InterruptedException {
    var run = lookup.record(exchange.path("run"));
    var step = StepLookup.step(run, exchange.path("step"));
    boolean follow = exchange.flag("follow");
    var wanted = exchange.number("attempt", 1, Integer.MAX_VALUE).map(Long::intValue);
    var number = StepLookup.attempt(step, wanted);
    if (follow) {
      follow(exchange, run.summary().id(), step, wanted);
    } else {
      range(exchange, run.summary().id(), step, number);
    }
  }

  private void range(Exchange exchange, RunId run, StepRecord step, Optional<Integer> number)
      throws IOException {
    if (number.isEmpty()) {
      exchange.stream(TYPE, Map.of("X-Ferry-Next", "0")).close();
      return;
    }
    var id = new AttemptId(run, step.name(), number.get());
    long end = logs.size(id);
    long from = Math.min(start(exchange, id), end);
    try (var out = exchange.stream(TYPE, Map.of("X-Ferry-Next", Long.toString(end)))) {
      copy(id, from, end, out);
    }
  }

  private long start(Exchange exchange, AttemptId id) {
    long from = exchange.number("from", 0, Long.MAX_VALUE).orElse(0L);
    return exchange
        .number("tail", 0, MOST_LINES)
        .map(lines -> Math.max(from, logs.startOfTail(id, lines.intValue())))
        .orElse(from);
  }

  private long copy(AttemptId id, long from, long end, OutputStream out) throws IOException {
    long at = from;
    while (at < end) {
      var part = logs.read(id, at, (int) Math.min(PIECE, end - at));
      if (part.isEmpty()) {
        return at;
      }
      out.write(part.bytes());
      at = part.next();
    }
    return at;
  }

  /** One attempt to its end; where none is named, the newest and all that come after it. */
  private void follow(Exchange exchange, RunId run, StepRecord step, Optional<Integer> wanted)
      throws IOException, InterruptedException {
    try (var out = exchange.stream(TYPE, Map.of())) {
      var number = wanted.or(() -> StepLookup.newest(step));
      if (number.isEmpty()) {
        number = attemptAfter(0, run, step.index());
      }
      boolean first = true;
      while (number.isPresent()) {
        var id = new AttemptId(run, step.name(), number.get());
        copyAsItComes(id, first ? start(exchange, id) : 0, step.index(), out);
        first = false;
        number =
            wanted.isPresent() ? Optional.empty() : attemptAfter(id.number(), run, step.index());
      }
    }
  }

  private void copyAsItComes(AttemptId id, long from, int index, OutputStream out)
      throws IOException, InterruptedException {
    long at = from;
    boolean ended = false;
    while (true) {
      var part = logs.await(id, at, PIECE, ended ? Duration.ZERO : PATIENCE);
      if (part.isEmpty() && ended) {
        return;
      }
      out.write(part.bytes());
      out.flush();
      at = part.next();
      ended = ended || part.isEmpty() && hasEnded(id, index);
    }
  }

  /** An attempt that is no longer known, since its run was removed, has ended too. */
  private boolean hasEnded(AttemptId id, int index) {
    return catalog.steps(id.run(), List.of(index)).stream()
        .flatMap(step -> step.attempts().stream())
        .noneMatch(attempt -> attempt.number() == id.number() && attempt.ended().isEmpty());
  }

  /** Waits for the next attempt; nothing where the step ends, or its run does, without one. */
  private Optional<Integer> attemptAfter(int number, RunId run, int index)
      throws InterruptedException {
    try (var watch = feed.watch(run)) {
      while (true) {
        var step = catalog.steps(run, List.of(index)).stream().findFirst();
        var next =
            step.stream()
                .flatMap(each -> each.attempts().stream())
                .map(AttemptRecord::number)
                .filter(each -> each > number)
                .findFirst();
        if (next.isPresent() || step.isEmpty() || isOver(step.get())) {
          return next;
        }
        watch.take(0, System.nanoTime() + Duration.ofSeconds(15).toNanos());
      }
    }
  }

  private static boolean isOver(StepRecord step) {
    return !step.state().equals("waiting") && !step.state().equals("running");
  }
}
