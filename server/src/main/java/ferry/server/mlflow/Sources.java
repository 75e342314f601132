package ferry.server.mlflow;

import ferry.registry.LoggedModel;
import ferry.registry.LoggedModels;
import ferry.registry.ModelRegistry;
import ferry.registry.ModelVersion;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the files of versions lie: a source may name a logged model, or another version. */
final class Sources {
  private static final Pattern LOGGED = Pattern.compile("models:/+(m-[0-9a-f]{32})/?");
  private static final Pattern VERSION = Pattern.compile("models:/+([^/]+)/([0-9]{1,9})/?");

  /** More than one letter: {@code C:} is a drive. */
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):");

  private static final Pattern UPWARDS = Pattern.compile("(^|[/\\\\:?#&=;])\\.\\.($|[/\\\\?#&;])");
  private static final Pattern ENCODED = Pattern.compile("%([0-7][0-9A-Fa-f])");
  private static final int MOST_ENCODINGS = 5;

  /** What MLflow's clients say for prompts, which have no files. */
  private static final Pattern NAME = Pattern.compile("[\\w-]+");

  private final ModelRegistry registry;
  private final LoggedModels logged;

  Sources(ModelRegistry registry, LoggedModels logged) {
    this.registry = registry;
    this.logged = logged;
  }

  /**
   * A source that means the same wherever it is read: it has a scheme that is no file's, or is a
   * mere name, and its path, however it is encoded, does not lead up.
   */
  static String checked(String source) {
    Limits.source(source);
    var plain = decoded(source);
    var scheme = SCHEME.matcher(plain);
    boolean isElsewhere =
        scheme.lookingAt()
            ? !scheme.group(1).equalsIgnoreCase("file")
            : NAME.matcher(plain).matches();
    if (!isElsewhere || UPWARDS.matcher(plain).find()) {
      throw MlflowProblem.invalid(
          "Invalid model version source: '"
              + source
              + "'. A local path is not to be reached from elsewhere; log the model to a run"
              + " first");
    }
    return source;
  }

  /** With what was percent-encoded as it is meant, also where it was encoded several times. */
  private static String decoded(String source) {
    var text = source;
    for (int i = 0; i < MOST_ENCODINGS && text.indexOf('%') >= 0; i++) {
      text =
          ENCODED
              .matcher(text)
              .replaceAll(found ->
                  Matcher.quoteReplacement("" + (char) Integer.parseInt(found.group(1), 16)));
    }
    return text;
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
