package ferry.local;

import ferry.local.launcher.TrailFile;
import ferry.run.AttemptId;
import ferry.tracking.AttemptPath;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Samples how busy the GPUs are that attempts may use, every five seconds while one may: the file
 * {@code resources.gpu} in the attempt's directory, all of its GPUs added up. Of an attempt that
 * asked for none there is nothing before one of those that nobody was given is busy.
 */
final class GpuWatch {
  static final String FILE = "resources.gpu";
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Most steps are over by then, or have begun. */
  private static final Duration FIRST = Duration.ofSeconds(1);

  private final Path home;
  private final Gpus gpus;
  private final NvidiaSmi smi;
  private final Clock clock;
  private final Map<AttemptId, Trail> trails = new HashMap<>();

  /** An attempt's samples, and when the last of them was taken. */
  private record Trail(TrailFile file, long lastMillis) {}

  GpuWatch(Path home, Gpus gpus, NvidiaSmi smi, Clock clock) {
    this.home = home;
    this.gpus = gpus;
    this.smi = smi;
    this.clock = clock;
  }

  /** Watches on a thread of its own until the GPUs are closed; not at all where none can be. */
  static void start(Path home, Gpus gpus, Clock clock) {
    if (gpus.count() > 0 && gpus.smi().isPresent()) {
      var watch = new GpuWatch(home, gpus, gpus.smi().get(), clock);
      Thread.ofPlatform().daemon().name("ferry-gpu-watch").start(watch::run);
    }
  }

  private void run() {
    try {
      while (gpus.awaitHeld()) {
        TimeUnit.SECONDS.sleep(FIRST.toSeconds());
        sample();
        TimeUnit.SECONDS.sleep(PAUSE.minus(FIRST).toSeconds());
      }
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes down what every attempt that holds GPUs uses of them now. */
  void sample() {
    var held = gpus.held();
    trails.keySet().retainAll(held.keySet());
    var all = smi.use();
    long now = clock.millis();
    held.forEach((attempt, its) -> {
      var own = all.stream().filter(gpu -> its.names().stream().anyMatch(gpu::isNamed)).toList();
      boolean isBusy = own.stream().anyMatch(gpu -> gpu.busyPercent() > 0);
      if (!own.isEmpty() && (isBusy || !its.isShared() || trails.containsKey(attempt))) {
        take(attempt, own, now);
      }
    });
  }

  private void take(AttemptId attempt, List<NvidiaSmi.Use> own, long now) {
    var trail = trails.computeIfAbsent(attempt, this::begin);
    if (trail.file.isDue(TimeUnit.MILLISECONDS.toNanos(now - trail.lastMillis))) {
      double percent = own.stream().mapToDouble(NvidiaSmi.Use::busyPercent).sum();
      long bytes = own.stream().mapToLong(NvidiaSmi.Use::memoryBytes).sum();
      trail.file.write(now, Math.round(percent * 10), bytes);
      trails.put(attempt, new Trail(trail.file, now));
    }
  }

  /** Somewhat less than the pause: the clock that waits is not the one that is read. */
  private Trail begin(AttemptId attempt) {
    var file = AttemptPath.of(home, attempt).resolve(FILE).toFile();
    return new Trail(new TrailFile(file, PAUSE.toNanos() * 9 / 10), 0);
  }
}
