package ferry.collect;

import ferry.collect.LogMetrics.Found;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A directory into which a run writes TensorBoard's event files; each file is a part. */
final class EventsBeside implements Beside {
  private final Outside outside;
  private final Path directory;
  private final long sinceMillis;
  private final Map<Path, FileBeside> files = new LinkedHashMap<>();
  private final LengthsByStep lengths;

  /**
   * @param sinceMillis since 1970: what its writer wrote before is of another run
   * @param unit of the length, which another tag or file may tell
   */
  EventsBeside(Outside outside, Path directory, long sinceMillis, LengthUnit unit) {
    this.lengths = new LengthsByStep(unit);
    this.sinceMillis = sinceMillis;
    this.outside = outside;
    this.directory = directory;
  }

  @Override
  public void read(BiConsumer<String, List<Found>> told) {
    var more = new LinkedHashMap<String, List<Found>>();
    for (var file : outside.files(directory, "tfevents")) {
      files
          .computeIfAbsent(file, this::reader)
          .read((part, found) -> more.computeIfAbsent(part, _ -> new ArrayList<>()).addAll(found));
    }
    lengths.look(more, told);
  }

  private FileBeside reader(Path file) {
    var events = new EventFile();
    return new FileBeside(
        outside,
        file,
        "events/" + directory.relativize(file),
        bytes ->
            events.take(bytes).stream()
                .filter(event -> event.atMillis() >= sinceMillis)
                .map(event -> new Found(Collecting.EVENTS, 0, event.sighting()))
                .toList());
  }
}
