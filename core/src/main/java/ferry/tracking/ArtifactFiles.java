package ferry.tracking;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files that are uploaded for tracked runs and models, in one tree. A file is there whole or not at
 * all. Paths are relative, with {@code /} between their parts; one that would leave the tree is
 * refused as a {@code BadRequest}.
 */
public interface ArtifactFiles {

  /**
   * A file or directory.
   *
   * @param name without the directory that it lies in
   * @param bytes 0 for a directory
   */
  record Entry(String name, boolean isDirectory, long bytes) {}

  /**
   * A part of a file that is uploaded in pieces.
   *
   * @param number counted from 1
   * @param hash what {@link #part} answered
   */
  record Part(int number, String hash) {}

  /** What lies in a directory, by name; nothing where there is none. */
  List<Entry> list(String path);

  /** Where a file lies, for reading. */
  Optional<Path> locate(String path);

  /** Keeps a file, in the place of any that was there; it survives a power cut. */
  void keep(String path, InputStream content);

  /** Deletes a file or a whole directory; whether there was one. */
  boolean delete(String path);

  /** Begins a file that comes in parts; its name among such uploads. */
  String begin(String path);

  /** Keeps a part; the hash of its content. */
  String part(String upload, int number, InputStream content);

  /**
   * Puts the parts together; where that was done before, with the same parts, there is nothing left
   * to do. Callers that ask at once wait for each other.
   *
   * @throws ferry.error.UserException where a part is missing or another one than was said
   */
  void complete(String path, String upload, List<Part> parts);

  /** Lets go of the parts. */
  void abort(String upload);
}
