package ferry.backend;

import ferry.run.RunId;
import java.util.Optional;

/**
 * What a run was made from, as the user gave it.
 *
 * @param kind how it was given
 * @param text the one-liner, the file's text, or the words of the command joined as a shell would
 *     read them
 * @param file the file's name as given, for {@link Kind#FILE}
 * @param parent the run that this one repeats, for {@link Kind#RERUN}
 */
public record Origin(Kind kind, String text, Optional<String> file, Optional<RunId> parent) {

  /** How a run was asked for. */
  public enum Kind {
    ONE_LINER,
    FILE,
    EXEC,
    RERUN,
    SCHEDULE
  }
}
