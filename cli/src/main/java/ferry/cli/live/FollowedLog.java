package ferry.cli.live;

import ferry.cli.client.Client;
import ferry.cli.client.Failure;
import ferry.cli.client.Json;
import ferry.cli.terminal.Output;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A step's log as it comes: through all attempts that follow, and through servers that end and are
 * started again. Nothing is left out and nothing shown twice.
 */
public final class FollowedLog {
  private static final int MOST_BREAKS = 20;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(300);

  private final Client client;
  private final String run;
  private final String step;
  private final Output out;
  private final LogSink sink;
  private long next;
  private int breaks;

  /**
   * Of one step.
   *
   * @param run the run's path
   * @param step its name, or that of the step whose only run it is
   */
  public FollowedLog(Client client, String run, String step, Output out) {
    this.client = client;
    this.run = run;
    this.step = step;
    this.out = out;
    this.sink = new LogSink(out, "");
  }

  /**
   * Copies until the step has ended.
   *
   * @param only the one attempt that is wanted; else the newest and all that come
   * @param tail how many lines come of what is there already, or below zero for all
   */
  public void copy(Optional<Integer> only, long tail) {
    int attempt = only.orElseGet(() -> after(0));
    while (attempt > 0 && tail >= 0 && !take("?attempt=" + attempt + "&tail=" + tail)) {
      next = 0; // where its lines begin is not known before they came
    }
    while (attempt > 0) {
      if (take("?attempt=" + attempt + "&follow=true&from=" + next) && hasEnded(attempt)) {
        attempt = only.isPresent() ? 0 : after(attempt);
        next = 0;
      }
    }
    sink.end();
  }

  /** Whether an answer came whole. */
  private boolean take(String query) {
    try (var answer = client.open(log() + query)) {
      long begin = next;
      sink.copy(answer.body(), this::printed);
      var end = answer.header("x-ferry-next");
      next = end.isEmpty() ? next : Long.parseLong(end);
      breaks = next > begin ? 0 : breaks;
      return true;
    } catch (IOException e) {
      breaks++;
      if (breaks > MOST_BREAKS) {
        out.flush();
        throw Failure.system(
                "the log breaks off again and again: " + e.getMessage(),
                "the same command again shows the whole of it")
            .thrown();
      }
      LockSupport.parkNanos(PAUSE);
      return false;
    }
  }

  private void printed(int bytes) {
    next += bytes;
    breaks = 0;
  }

  private boolean hasEnded(int attempt) {
    return asked().list("attempts").stream()
        .noneMatch(one -> one.number("number").orElse(0) == attempt && one.text("ended").isEmpty());
  }

  /** The newest attempt after one, once there is one; 0 where the step ends without. */
  private int after(int attempt) {
    while (true) {
      var now = asked();
      var attempts = now.list("attempts");
      int newest = attempts.isEmpty() ? 0 : (int) attempts.getLast().number("number").orElse(0);
      if (newest > attempt) {
        return attempt == 0 ? newest : attempt + 1;
      }
      if (!now.text("state").equals("waiting") && !now.text("state").equals("running")) {
        return 0;
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private String log() {
    return path() + "/log";
  }

  private String path() {
    return run + "/steps/" + Client.encode(step);
  }

  /** The step as it is now. */
  private Json asked() {
    return client.get(path());
  }
}
