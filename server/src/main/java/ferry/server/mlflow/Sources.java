package ferry.server.mlflow;

import ferry.registry.LoggedModel;
import ferry.registry.LoggedModels;
import ferry.registry.ModelRegistry;
import ferry.registry.ModelVersion;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the files of versions lie: a source may name a logged model, or another version. */
final class Sources {
  private static final Pattern LOGGED = Pattern.compile("models:/+(m-[0-9a-f]{32})/?");
  private static final Pattern VERSION = Pattern.compile("models:/+([^/]+)/([0-9]{1,9})/?");

  private final ModelRegistry registry;
  private final LoggedModels logged;

  Sources(ModelRegistry registry, LoggedModels logged) {
    this.registry = registry;
    this.logged = logged;
  }

  /** The logged model that a source or an id names. */
  Optional<LoggedModel> loggedModel(String source, Optional<String> id) {
    var match = LOGGED.matcher(source);
    return (match.matches() ? Optional.of(match.group(1)) : id).flatMap(logged::find);
  }

  /** The address of a version's files. */
  String files(ModelVersion version) {
    return files(version.source(), 10);
  }

  private String files(String source, int links) {
    var model = loggedModel(source, Optional.empty());
    if (model.isPresent()) {
      return model.get().artifacts();
    }
    var match = VERSION.matcher(source);
    if (!match.matches() || links == 0) {
      return source;
    }
    var other = VersionRoutes.existing(registry, match.group(1), Integer.parseInt(match.group(2)));
    return files(other.source(), links - 1);
  }
}
