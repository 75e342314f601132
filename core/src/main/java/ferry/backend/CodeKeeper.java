package ferry.backend;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** Keeps the code of runs as it was when they were submitted, by content hash. */
public interface CodeKeeper {

  /** How a file differs between two snapshots. */
  enum Change {
    ADDED,
    REMOVED,
    CHANGED
  }

  /**
   * One file that differs.
   *
   * @param path relative to the working directory, with {@code /}
   */
  record Difference(String path, Change change) {}

  /**
   * Keeps what is in a working directory now. It never fails and never takes long: where the
   * directory is too large, gone or unreadable, or the disk is full, the note says so and there is
   * no snapshot.
   */
  Code keep(Path directory);

  /**
   * The files of a snapshot by path, each with an opaque word that changes with its content or
   * mode.
   *
   * @throws ferry.error.UserException where that snapshot is not kept
   */
  SortedMap<String, String> files(String snapshot);

  /**
   * Makes a copy to work in: its directories are real and its files are copies; what was ignored or
   * too large is linked to where it lay.
   *
   * @param original the directory that the snapshot was made of
   * @param target a directory that is empty or not there
   * @throws ferry.error.UserException where that snapshot is not kept, or the copy cannot be
   *     written
   */
  void restore(String snapshot, Path original, Path target);

  /** What differs from one snapshot to another, in the order of paths. */
  List<Difference> diff(String from, String to);
}
