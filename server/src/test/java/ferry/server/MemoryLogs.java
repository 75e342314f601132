package ferry.server;

import ferry.run.AttemptId;
import ferry.tracking.Logs;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Logs in memory. */
final class MemoryLogs implements Logs {
  private final Map<AttemptId, ByteArrayOutputStream> logs = new HashMap<>();

  synchronized void print(AttemptId attempt, String text) {
    print(attempt, text.getBytes(StandardCharsets.UTF_8));
  }

  synchronized void print(AttemptId attempt, byte[] bytes) {
    logs.computeIfAbsent(attempt, _ -> new ByteArrayOutputStream()).writeBytes(bytes);
    notifyAll();
  }

  @Override
  public synchronized Part read(AttemptId attempt, long from, int most) {
    var all = logs.getOrDefault(attempt, new ByteArrayOutputStream()).toByteArray();
    int start = (int) Math.min(from, all.length);
    int end = (int) Math.min(all.length, (long) start + most);
    return new Part(Arrays.copyOfRange(all, start, end), end);
  }

  @Override
  public synchronized Part await(AttemptId attempt, long from, int most, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (size(attempt) <= from && System.nanoTime() < deadline) {
      wait(10);
    }
    return read(attempt, from, most);
  }

  @Override
  public synchronized long startOfTail(AttemptId attempt, int lines) {
    var text = new String(read(attempt, 0, Integer.MAX_VALUE).bytes(), StandardCharsets.ISO_8859_1);
    int at = text.endsWith("\n") ? text.length() - 1 : text.length();
    for (int i = 0; i < lines && at >= 0; i++) {
      at = text.lastIndexOf('\n', at - 1);
    }
    return at + 1L;
  }

  @Override
  public synchronized long size(AttemptId attempt) {
    return logs.containsKey(attempt) ? logs.get(attempt).size() : 0;
  }
}
