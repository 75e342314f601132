package ferry.backend;

import java.util.Optional;

/**
 * The code of a run, as it was when the run was submitted.
 *
 * @param snapshot the content hash of what was packed; empty where nothing could be packed, and
 *     then the note says why
 * @param commit the git commit of the working directory, where it is in a repository
 * @param dirty whether files differed from that commit
 * @param note anything that a person should know about it
 */
public record Code(
    Optional<String> snapshot, Optional<String> commit, boolean dirty, Optional<String> note) {
  public static final Code UNKNOWN =
      new Code(Optional.empty(), Optional.empty(), false, Optional.empty());
}
