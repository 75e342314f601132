package ferry.submission;

import ferry.backend.Origin;
import ferry.backend.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a place has set up for all runs of another program's files, beside the files themselves. */
@FunctionalInterface
public interface Surroundings {
  /** Places where nothing is set up. */
  Surroundings NONE = (_, _, _, _) -> new Found(Map.of(), List.of());

  /**
   * What was found there.
   *
   * @param setting what the place to run has to know
   * @param warnings what of it means nothing here, each a sentence that names file and line
   */
  record Found(Map<String, String> setting, List<String> warnings) {
    public Found {
      setting = Map.copyOf(setting);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Looks there.
   *
   * @param format the name of the format that the workflow was read from; empty for a one-liner
   * @param backend where it is to run; the usual place where empty
   * @throws ferry.error.UserException where what is set up cannot be understood
   */
  Found of(Place place, Origin.Kind kind, String format, Optional<String> backend);
}
