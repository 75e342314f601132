package ferry.server;

import ferry.run.RunId;
import ferry.run.ShownCommands;
import ferry.server.http.JsonWriter;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunRecord;
import ferry.tracking.StepRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Tells one watcher how a run goes on. What changes within a moment is told together, so that a run
 * of thousands of short steps costs little.
 */
final class LiveRun {
  private static final long MOMENT = Duration.ofMillis(40).toNanos();
  private static final long LOG_MOMENT = Duration.ofMillis(100).toNanos();
  private static final long TROUBLE_PAUSE = Duration.ofSeconds(2).toNanos();
  private static final int MOST_AT_ONCE = 500;

  private final RunCatalog catalog;
  private final RunJson json;
  private final Watch watch;
  private final LiveLogs logs;
  private final SseWriter out;
  private final RunRecord found;
  private ShownCommands commands;
  private int known;
  private String trouble = "";
  private long askedForTrouble = System.nanoTime();

  /**
   * One watcher's view.
   *
   * @param found the run as it was found, after the watch began
   */
  LiveRun(
      RunCatalog catalog,
      RunJson json,
      Watch watch,
      LiveLogs logs,
      SseWriter out,
      RunRecord found) {
    this.catalog = catalog;
    this.json = json;
    this.watch = watch;
    this.logs = logs;
    this.out = out;
    this.found = found;
    this.commands = json.commands(found.plan());
    this.known = found.steps().size();
  }

  /** Tells everything from the run as it was found to its end. */
  void tell() throws IOException, InterruptedException {
    out.event("run", json.whole(found));
    out.flush();
    var run = found.summary().id();
    logs.follow(found.steps(), out);
    boolean ended = found.summary().status().isEnded();
    long gatherUntil = System.nanoTime();
    while (!ended) {
      var changes = watch.take(gatherUntil, deadline());
      if (!changes.isEmpty()) {
        tell(run, changes);
        gatherUntil = System.nanoTime() + MOMENT;
      }
      ended = changes.run().map(status -> status.status().isEnded()).orElse(false);
      logs.send(out);
      tellTrouble(run);
      out.flush();
      out.heartbeatIfDue();
    }
    var last = catalog.find(run);
    if (last.isPresent()) {
      out.event("end", json.whole(last.get()));
      out.flush();
    }
  }

  private long deadline() {
    long next = Math.min(out.heartbeatAt(), askedForTrouble + TROUBLE_PAUSE);
    return logs.isFollowing() ? Math.min(next, System.nanoTime() + LOG_MOMENT) : next;
  }

  /** What keeps a run from going on is no event of the run: it is asked for now and then. */
  private void tellTrouble(RunId run) throws IOException {
    long now = System.nanoTime();
    if (now - askedForTrouble < TROUBLE_PAUSE) {
      return;
    }
    askedForTrouble = now;
    var why = json.trouble(run);
    if (!why.equals(trouble)) {
      trouble = why;
      out.event("trouble", about -> about.text("reason", why));
    }
  }

  private void tell(RunId run, Watch.Changes changes) throws IOException {
    var indexes = changes.steps();
    takeUpNew(indexes);
    for (int from = 0; from < indexes.size(); from += MOST_AT_ONCE) {
      var some = indexes.subList(from, Math.min(from + MOST_AT_ONCE, indexes.size()));
      var steps = catalog.steps(run, some);
      logs.follow(steps, out);
      send(steps);
    }
    if (changes.run().isPresent()) {
      var status = changes.run().get();
      out.event(
          "run",
          about -> about.text("state", status.status().word()).text("reason", status.reason()));
    }
  }

  private void send(List<StepRecord> steps) throws IOException {
    if (steps.size() == 1) {
      out.event("step", one -> RunJson.step(one, steps.getFirst(), commands));
    } else if (!steps.isEmpty()) {
      out.event("step", JsonWriter.list(steps, (one, step) -> RunJson.step(one, step, commands)));
    }
  }

  /** A list that a step put out makes step runs that were not there before. */
  private void takeUpNew(List<Integer> indexes) {
    if (!indexes.isEmpty() && indexes.getLast() >= known) {
      known = indexes.getLast() + 1;
      commands = json.commands(found.plan());
    }
  }
}
