package ferry.collect;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What trials leave beside their logs, as bytes. */
public interface Outside {

  /**
   * At most so many bytes of a file from a position on; none where there are no more, or no file.
   */
  byte[] read(Path file, long from, int most);

  /** Regular files below a directory whose name has a part, by name; none where it is not there. */
  List<Path> files(Path directory, String part);

  /** What an address answers within a moment; empty where nothing does. */
  Optional<String> get(String address);
}
