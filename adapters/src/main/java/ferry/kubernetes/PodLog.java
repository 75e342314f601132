package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a container's log while it is written, on a thread of its own, and what is left of it when
 * the container has ended: the kubelet may notice the end of a log seconds after it is there.
 */
final class PodLog {
  private static final Logger LOG = LoggerFactory.getLogger(PodLog.class);
  private static final int BLOCK = 16_384;
  private static final int LONGEST_LINE = 1 << 20;
  private static final int MOST_GONE = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long PAUSE_MILLIS = 500;
  private static final long LONGEST_JOIN_MILLIS = 5_000;

  private final KubernetesClient client;
  private final Pod pod;
  private final TimedLog copy;

  /** Whether what breaks off is not opened again. */
  private volatile boolean isOver;

  /** Whether what is open is closed. */
  private boolean isStopped;

  private @Nullable InputStream stream;
  private @Nullable Thread following;

  PodLog(KubernetesClient client, Pod pod, TimedLog copy) {
    this.client = client;
    this.pod = pod;
    this.copy = copy;
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

  /** Takes whole lines; what is left without a line feed at the end is the log's very last. */
  private void copy(InputStream in, boolean toTheEnd) throws IOException {
    copy.begin();
    var buffer = new byte[BLOCK];
    int filled = 0;
    for (int count = 0; count >= 0; count = in.read(buffer, filled, buffer.length - filled)) {
      filled += count;
      int end = endOfLines(buffer, filled);
      if (end == 0 && filled == buffer.length && filled < LONGEST_LINE) {
        buffer = Arrays.copyOf(buffer, 2 * filled);
        continue;
      }
      end = end == 0 && filled == buffer.length ? filled : end;
      copy.take(buffer, end);
      System.arraycopy(buffer, end, buffer, 0, filled - end);
      filled -= end;
    }
    if (toTheEnd) {
      copy.take(buffer, filled);
      copy.end();
    }
  }

  private static int endOfLines(byte[] buffer, int filled) {
    int end = filled;
    while (end > 0 && buffer[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  /**
   * Stops following and reads to the end. A cluster that cannot answer is asked again for two
   * minutes: the node may have lines that nobody else has. Where it has deleted them, what is
   * followed may still bring them.
   *
   * @return whether everything was read that the node still had
   */
  boolean finish() throws InterruptedException {
    isOver = true;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int gone = 0;
    while (gone < MOST_GONE && System.nanoTime() < deadline) {
      try (var in = LogStream.open(client, pod, false, copy.since())) {
        stop();
        copy(in, true);
        return !copy.isBroken();
      } catch (IOException trouble) {
        LOG.debug("the end of the log of {} did not come", pod.getMetadata().getName(), trouble);
        gone += isLasting(trouble, gone) ? 1 : 0;
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    letEnd();
    return false;
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
