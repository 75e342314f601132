package ferry.submission;

import ferry.error.SearchError;
import ferry.error.UserException;
import ferry.experiment.Experiment;
import ferry.experiment.SearchSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether what a trial tells its metric by is its own. A path outside of its directory is that of
 * all trials and of every earlier search, and an address that of all that run at the same time: a
 * wrong value is worse than a refusal.
 */
final class OwnMetrics {
  private static final String PRINT = "or let it print the metric, and give `%s \"\"`";

  private OwnMetrics() {}

  /**
   * Why no trial could tell its values from those of others, where that is so.
   *
   * @param typed the settings that were given on the command line
   */
  static Optional<UserException> doubt(Experiment experiment, Map<String, String> typed) {
    var objective = experiment.objective();
    return objective
        .file()
        .flatMap(path -> shared("metric_file", path))
        .or(() -> objective.events().flatMap(path -> shared("metric_events", path)))
        .or(() -> objective.endpoint().flatMap(address -> asked(experiment, address)))
        .map(SearchError::thrown)
        .map(e -> SearchSettings.asTyped(e, typed.keySet(), Set.of()));
  }

  private static Optional<SearchError> shared(String setting, String text) {
    var path = Path.of(text.replace('\0', '_')).normalize();
    if (!path.isAbsolute() && !path.startsWith("..")) {
      return Optional.empty();
    }
    var option = "--" + setting.replace('_', '-');
    var help =
        List.of(
            "all trials and all earlier searches write to that one place, and none can tell its own"
                + " values",
            "let the script write below its working directory, and name that: `%s %s`"
                .formatted(option, path.getFileName() == null ? "metrics" : path.getFileName()),
            PRINT.formatted(option));
    return Optional.of(
        new SearchError.BadSetting(setting, text, "a path in each trial's own directory", help));
  }

  private static Optional<SearchError> asked(Experiment experiment, String address) {
    var plan = experiment.search();
    if (plan.parallel() == 1 || plan.trials() == 1) {
      return Optional.empty();
    }
    var help =
        List.of(
            "trials that run at the same time would be told each other's values",
            "run one at a time, `--parallel 1`, " + PRINT.formatted("--metric-endpoint"));
    return Optional.of(
        new SearchError.BadSetting(
            "metric_endpoint", address, "an address of one trial alone", help));
  }
}
