package ferry.cli.assembly;

import java.io.File;
import java.util.List;
import java.util.function.Supplier;

/**
 * What some files say, read again only where one of them has another time or size than when it was
 * last read: for what is asked every second.
 */
final class RememberedFiles<T> implements Supplier<T> {
  private final List<File> files;
  private final Supplier<T> reading;
  private List<Long> stamp;
  private T value;

  /** Reads them once. */
  RememberedFiles(List<File> files, Supplier<T> reading) {
    this.files = files;
    this.reading = reading;
    this.stamp = stamp();
    this.value = reading.get();
  }

  @Override
  public synchronized T get() {
    var now = stamp();
    if (!now.equals(stamp)) {
      value = reading.get();
      stamp = now;
    }
    return value;
  }

  /** Zeros for a file that is not there. */
  private List<Long> stamp() {
    return files.stream()
        .flatMap(file -> List.of(file.lastModified(), file.length()).stream())
        .toList();
  }
}
