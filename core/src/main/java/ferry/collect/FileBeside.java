package ferry.collect;

import ferry.collect.LogMetrics.Found;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A file that a run writes: lines of text or of JSON, or TensorBoard's events. */
final class FileBeside implements Beside {
  private static final int PIECE = 256 << 10;
  private static final int MOST_PIECES = 16;

  private final Outside outside;
  private final Path file;
  private final String part;
  private final Function<byte[], List<Found>> reader;
  private long position;

  /**
   * @param part its name among the parts of its run
   * @param reader makes sightings of the bytes, which come piece by piece; no bytes are its end
   */
  FileBeside(Outside outside, Path file, String part, Function<byte[], List<Found>> reader) {
    this.outside = outside;
    this.file = file;
    this.part = part;
    this.reader = reader;
  }

  @Override
  public void read(BiConsumer<String, List<Found>> told) {
    for (int i = 0; i < MOST_PIECES; i++) {
      var bytes = outside.read(file, position, PIECE);
      if (bytes.length == 0) {
        return;
      }
      position += bytes.length;
      told.accept(part, reader.apply(bytes));
    }
  }
}
