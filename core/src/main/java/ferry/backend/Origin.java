package ferry.backend;

import ferry.run.RunId;
import java.util.List;
import java.util.Optional;

/**
 * What a run was made from, as the user gave it.
 *
 * @param kind how it was given
 * @param text the one-liner, the file's text, or the words of the command joined as a shell would
 *     read them
 * @param file the file's name as given, for {@link Kind#FILE}
 * @param parent the run that this one repeats, for {@link Kind#RERUN}; the experiment, for {@link
 *     Kind#TRIAL}
 * @param warnings what a person should know about it
 */
public record Origin(
    Kind kind, String text, Optional<String> file, Optional<RunId> parent, List<String> warnings) {

  public Origin {
    warnings = List.copyOf(warnings);
  }

  /** One that nothing was said about. */
  public Origin(Kind kind, String text, Optional<String> file, Optional<RunId> parent) {
    this(kind, text, file, parent, List.of());
  }

  /** The same with what was said when it was read. */
  public Origin with(List<String> said) {
    return new Origin(kind, text, file, parent, said);
  }

  /** How a run was asked for. */
  public enum Kind {
    ONE_LINER,
    FILE,
    EXEC,
    RERUN,
    SCHEDULE,
    TRIAL
  }
}
