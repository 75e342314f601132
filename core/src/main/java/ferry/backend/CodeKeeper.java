package ferry.backend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  /** As {@link #keep}, but it takes minutes where it must. */
  default Code keepPatiently(Path directory) {
    return keep(directory);
  }

  /** What a snapshot consists of. */
  enum Kind {
    DIRECTORY,
    FILE,
    EXECUTABLE,
    LINK
  }

  /** Sees what is in a snapshot. */
  @FunctionalInterface
  interface Visitor {
    /**
     * One thing of it.
     *
     * @param content of a file; of a link its target in UTF-8; nothing of a directory
     */
    void see(String path, Kind kind, byte[] content) throws IOException;
  }

  /**
   * Shows all that a snapshot holds, in the order of paths; what was too large to be kept is left
   * out.
   *
   * @throws IOException whatever the visitor throws
   * @throws ferry.error.UserException where that snapshot is not kept, or content of it is gone
   */
  void visit(String snapshot, Visitor visitor) throws IOException;

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
   * @return what is to be known of it for {@link #settle}; empty where there is nothing to settle
   * @throws ferry.error.UserException where that snapshot is not kept, or the copy cannot be
   *     written
   */
  Optional<String> restore(String snapshot, Path original, Path target);

  /**
   * Settles a copy in which nobody works any more: a file that was ignored and copied, and is as it
   * was, becomes a link to where it lay. What was made or changed in the copy stays.
   *
   * @param brought what {@link #restore} gave
   * @return paths, in order, of links behind which something was written since the copy was made,
   *     as far as names, sizes and times tell
   * @throws ferry.error.UserException where the copy cannot be read
   */
  List<String> settle(String brought, Path original, Path target);

  /**
   * Undoes what {@link #settle} did, before somebody works in a copy once more: what it made links
   * of are copies again. Nothing where the directory is no copy that was settled.
   *
   * @throws ferry.error.UserException where a copy cannot be written
   */
  void bringBack(Path copy);

  /** What differs from one snapshot to another, in the order of paths. */
  List<Difference> diff(String from, String to);
}
