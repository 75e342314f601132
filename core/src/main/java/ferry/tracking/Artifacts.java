package ferry.tracking;

import ferry.run.RunId;
import java.nio.file.Path;
import java.util.List;

/** The files that runs put out, kept by content hash. */
public interface Artifacts {

  /**
   * One file that a step put out.
   *
   * @param path relative to the working directory, with {@code /}
   * @param hash SHA-256 of its content, in hexadecimal
   */
  record Artifact(String path, String hash, long bytes) {}

  /**
   * Keeps files as artifacts of a step run; what it put out before is replaced.
   *
   * @param paths relative to the directory; a directory stands for all files in it
   * @throws ferry.error.UserException where they cannot be kept, in words: a full disk
   */
  List<Artifact> keep(RunId run, String stepRun, Path directory, List<String> paths);

  /** What a step run put out, in the order of paths. */
  List<Artifact> list(RunId run, String stepRun);

  /** Where a kept file lies, for reading only; there may be none any more. */
  Path locate(RunId run, String stepRun, String path);

  /**
   * Puts a step run's files back where they lay, unless the same content is there already.
   *
   * @return whether all of them are there now; false where one is no longer kept
   */
  boolean restore(RunId run, String stepRun, Path directory);

  /** Lets go of all that a run put out. */
  void delete(RunId run);
}
