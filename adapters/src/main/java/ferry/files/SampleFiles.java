package ferry.files;

import ferry.error.DiskTrouble;
import ferry.run.AttemptId;
import ferry.tracking.AttemptPath;
import ferry.tracking.ResourceSamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Samples as the files beside an attempt's log: {@code resources} with a line each of milliseconds
 * since 1970, thousandths of a processor and bytes; {@code resources.gpu} the same of its GPUs. A
 * last line that is still being written is left out.
 */
final class SampleFiles implements ResourceSamples {
  private static final long NEAR_MILLIS = 10_000;
  private static final int LARGEST = 1 << 20;

  private final Path home;

  private record Line(long at, long permille, long bytes) {}

  SampleFiles(Path home) {
    this.home = home;
  }

  @Override
  public List<Sample> of(AttemptId attempt) {
    var directory = AttemptPath.of(home, attempt);
    var gpus = new TreeMap<Long, Line>();
    lines(directory.resolve("resources.gpu")).forEach(line -> gpus.put(line.at, line));
    long near = near(gpus);
    return lines(directory.resolve("resources")).stream()
        .map(line -> sample(line, gpus, near))
        .toList();
  }

  /** How far from a moment a sample may be that stands for it: they lie farther apart in time. */
  private static long near(TreeMap<Long, Line> gpus) {
    return gpus.size() < 2
        ? NEAR_MILLIS
        : Math.max(NEAR_MILLIS, 2 * (gpus.lastKey() - gpus.firstKey()) / (gpus.size() - 1));
  }

  private static Sample sample(Line line, TreeMap<Long, Line> gpus, long near) {
    Map.Entry<Long, Line> gpu = gpus.floorEntry(line.at + near / 2);
    boolean isNear = gpu != null && line.at - gpu.getKey() < near;
    return new Sample(
        Instant.ofEpochMilli(line.at),
        line.permille / 10.0,
        line.bytes,
        isNear ? OptionalDouble.of(gpu.getValue().permille / 10.0) : OptionalDouble.empty(),
        isNear ? OptionalLong.of(gpu.getValue().bytes) : OptionalLong.empty());
  }

  private static List<Line> lines(Path file) {
    try {
      if (!Files.exists(file) || Files.size(file) > LARGEST) {
        return List.of();
      }
      var text = Files.readString(file, StandardCharsets.US_ASCII);
      var lines = new ArrayList<Line>();
      for (var line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
        if (line.matches("[0-9]{1,15} [0-9]{1,15} [0-9]{1,18}")) {
          var numbers = line.split(" ");
          lines.add(
              new Line(
                  Long.parseLong(numbers[0]),
                  Long.parseLong(numbers[1]),
                  Long.parseLong(numbers[2])));
        }
      }
      return lines;
    } catch (NoSuchFileException _) {
      return List.of(); // removed in between
    } catch (IOException trouble) {
      throw DiskTrouble.at(file, trouble);
    }
  }
}
