package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a container's log while it is written, on a thread of its own, and what is left of it when
 * the container has ended: the kubelet may notice the end of a log seconds after it is there.
 */
final class PodLog {
  private static final Logger LOG = LoggerFactory.getLogger(PodLog.class);
  private static final String DELETED =
      "the end of the log may be missing: the node has deleted it";
  private static final int MOST_GONE = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long PAUSE_MILLIS = 500;
  private static final long PAUSE_AWAY_MILLIS = 1_000;
  private static final long LONGEST_JOIN_MILLIS = 5_000;

  private final KubernetesClient client;
  private final Pod pod;
  private final TimedLog copy;
  private final Duration patience;

  /** Whether what breaks off is not opened again. */
  private volatile boolean isOver;

  /** Whether what is open is closed. */
  private boolean isStopped;

  private @Nullable InputStream stream;
  private @Nullable Thread following;

  PodLog(KubernetesClient client, Pod pod, TimedLog copy) {
    this(client, pod, copy, PATIENCE);
  }

  /**
   * The same.
   *
   * @param patience how long a cluster is asked that answers, and does not give the log's end
   */
  PodLog(KubernetesClient client, Pod pod, TimedLog copy, Duration patience) {
    this.client = client;
    this.pod = pod;
    this.copy = copy;
    this.patience = patience;
  }

  /** Follows from now on; again and again, where the connection breaks. */
  void follow() {
    following =
        Thread.ofVirtual().name("log of " + pod.getMetadata().getName()).start(this::followAll);
  }

  private void followAll() {
    try {
      while (!isOver) {
        try (var in = LogStream.open(client, pod, true, copy.since())) {
          hold(in);
          copy(in, false);
        } catch (IOException broken) {
          LOG.debug("the log of {} broke off", pod.getMetadata().getName(), broken);
        }
        Thread.sleep(isOver ? 0 : PAUSE_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // stopped
    }
  }

  private synchronized void hold(InputStream in) throws IOException {
    stream = in;
    if (isStopped) {
      in.close();
    }
  }

  private void copy(InputStream in, boolean toTheEnd) throws IOException {
    copy.begin();
    new LogLines(copy).read(in, toTheEnd);
    if (toTheEnd) {
      copy.end();
    }
  }

  /**
   * Stops following and reads to the end. A cluster that cannot be reached is asked again for as
   * long as it takes: the node has lines that nobody else has. One that answers and does not give
   * them is asked for two minutes. Where the node has deleted them, what is followed may still
   * bring them.
   *
   * @return why the end may be missing; empty where everything was read
   */
  Optional<String> finish() throws InterruptedException {
    isOver = true;
    var waited = Duration.ZERO;
    int gone = 0;
    IOException last = new LogStream.Gone(0);
    while (gone < MOST_GONE && waited.compareTo(patience) < 0) {
      long begun = System.nanoTime();
      try (var in = LogStream.open(client, pod, false, copy.since())) {
        stop();
        copy(in, true);
        return copy.isBroken() ? Optional.of(DELETED) : Optional.empty();
      } catch (IOException trouble) {
        LOG.debug("the end of the log of {} did not come", pod.getMetadata().getName(), trouble);
        last = trouble;
        gone += isLasting(trouble, gone) ? 1 : 0;
        boolean isAway = trouble instanceof LogStream.Away && !LogStream.isAnyoneThere(client);
        Thread.sleep(isAway ? PAUSE_AWAY_MILLIS : PAUSE_MILLIS);
        waited = isAway ? waited : waited.plusNanos(System.nanoTime() - begun);
      }
    }
    letEnd();
    return Optional.of(gone < MOST_GONE ? notGiven(last) : DELETED);
  }

  private String notGiven(IOException why) {
    return "the end of the log may be missing: the cluster did not give it for %d s: %s"
        .formatted(patience.toSeconds(), why.getMessage());
  }

  /**
   * Whether to ask again is of little use; what is there without the last line is taken at last.
   */
  private boolean isLasting(IOException trouble, int times) {
    if (trouble instanceof Resumption.Shorter shorter) {
      if (shorter.hasLater && times == MOST_GONE - 2) {
        copy.giveUpLast();
      }
      return true;
    }
    return trouble instanceof LogStream.Gone;
  }

  /** Takes what is still on its way from a Pod that is gone, and stops following. */
  void letEnd() throws InterruptedException {
    isOver = true;
    if (following != null) {
      following.join(LONGEST_JOIN_MILLIS);
    }
    stop();
  }

  /** Stops following, and waits until nothing more is written. */
  void stop() {
    isOver = true;
    try {
      synchronized (this) {
        isStopped = true;
        if (stream != null) {
          stream.close();
        }
      }
      if (following != null) {
        following.interrupt();
        following.join(LONGEST_JOIN_MILLIS);
      }
    } catch (IOException broken) {
      LOG.debug("closing the log of {}", pod.getMetadata().getName(), broken);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
