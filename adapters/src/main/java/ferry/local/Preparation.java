package ferry.local;

import ferry.error.DiskTrouble;
import ferry.error.UserException;
import ferry.tracking.Artifacts;
import ferry.tracking.ResultCache.Result;
import ferry.workflow.SecretTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** What some attempts need before they start: secrets, an earlier result, a Python environment. */
final class Preparation {
  private final SecretValues secrets;
  private final RunSecrets runs;
  private final PythonEnvironments environments;
  private final StepCache cache;
  private final Artifacts artifacts;

  /** What there is to do with the attempt. */
  sealed interface Prepared {}

  /** Start it, with these. */
  record Ready(Optional<Path> python, Map<String, String> secrets, SecretTexts hidden)
      implements Prepared {
    static final Ready PLAIN = new Ready(Optional.empty(), Map.of(), SecretTexts.NONE);
  }

  /** Nothing: an earlier result holds. */
  record Unchanged(Result since) implements Prepared {}

  Preparation(
      SecretValues secrets,
      RunSecrets runs,
      PythonEnvironments environments,
      StepCache cache,
      Artifacts artifacts) {
    this.secrets = secrets;
    this.runs = runs;
    this.environments = environments;
    this.cache = cache;
    this.artifacts = artifacts;
  }

  /** Whether the attempt can start as it is. */
  boolean isNeeded(ActiveAttempt attempt) {
    var spec = attempt.spec;
    return spec.requirements().isPresent()
        || spec.files().cache()
        || !spec.secrets().isEmpty()
        || !runs.of(attempt.plan).isEmpty();
  }

  /** Makes ready what the attempt needs; may take minutes. */
  Prepared prepare(ActiveAttempt attempt, PythonEnvironments.Waiting waiting) throws CannotStart {
    if (!Files.isDirectory(attempt.directory())) {
      throw new CannotStart(
          "its working directory " + attempt.directory() + " does not exist any more");
    }
    try {
      var given = secrets.needed(attempt.plan.place(), attempt.spec.secrets());
      return prepare(attempt, given, runs.texts(attempt.plan), waiting);
    } catch (UserException words) {
      throw CannotStart.because(words);
    }
  }

  private Prepared prepare(
      ActiveAttempt attempt,
      Map<String, String> given,
      SecretTexts hidden,
      PythonEnvironments.Waiting waiting)
      throws CannotStart {
    var requirements = requirements(attempt);
    var earlier = earlier(attempt, requirements, waiting);
    if (earlier.isPresent()) {
      return new Unchanged(earlier.get());
    }
    if (requirements.isEmpty()) {
      return new Ready(Optional.empty(), given, hidden);
    }
    try {
      var python = environments.ready(attempt.plan.place(), requirements.get(), waiting);
      return new Ready(Optional.of(python), given, hidden);
    } catch (CannotStart failed) {
      showLog(attempt, requirements.get(), hidden);
      throw new CannotStart(hidden.masked(failed.words()));
    }
  }

  private static Optional<Requirements> requirements(ActiveAttempt attempt) throws CannotStart {
    var name = attempt.spec.requirements();
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(Requirements.read(attempt.directory(), name.get()));
  }

  private Optional<Result> earlier(
      ActiveAttempt attempt,
      Optional<Requirements> requirements,
      PythonEnvironments.Waiting waiting)
      throws CannotStart {
    if (!attempt.spec.files().cache()) {
      return Optional.empty();
    }
    try {
      var python = requirements.isEmpty() ? null : Python.of(attempt.plan.place());
      var environment =
          python == null
              ? Optional.<String>empty()
              : requirements.map(each -> PythonEnvironments.key(python, each));
      var key = cache.key(attempt.plan, attempt.spec, environment);
      if (key.isEmpty()) {
        waiting.because("it runs though it may be unchanged, because its code was not kept");
        return Optional.empty();
      }
      attempt.remember(key.get());
      var found = cache.find(key.get(), attempt.spec, attempt.directory());
      if (found.isPresent()) {
        keepAgain(attempt, found.get());
      }
      return found;
    } catch (FileSystemException unreadable) {
      waiting.because(
          "it runs though it may be unchanged: %s: %s"
              .formatted(unreadable.getFile(), DiskTrouble.reason(unreadable)));
      return Optional.empty();
    } catch (IOException unreadable) {
      waiting.because("it runs though it may be unchanged: " + DiskTrouble.reason(unreadable));
      return Optional.empty();
    } catch (UserException | PatternSyntaxException unknown) {
      waiting.because("it runs though it may be unchanged: " + unknown.getMessage());
      return Optional.empty();
    }
  }

  /** What an earlier run put out belongs to this one too, and what ran is said in its log. */
  private void keepAgain(ActiveAttempt attempt, Result result) throws IOException {
    var paths =
        artifacts.list(result.run(), result.stepRun()).stream()
            .map(Artifacts.Artifact::path)
            .toList();
    if (!paths.isEmpty()) {
      artifacts.keep(attempt.id().run(), attempt.id().stepRun(), attempt.directory(), paths);
    }
    Files.createDirectories(attempt.files);
    Files.writeString(
        attempt.files.resolve("log"),
        "unchanged since " + result.run() + ": nothing ran\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** What the tools said goes where the user looks for what the step said. */
  private void showLog(ActiveAttempt attempt, Requirements requirements, SecretTexts hidden)
      throws CannotStart {
    try {
      var log = environments.log(attempt.plan.place(), requirements);
      if (Files.exists(log)) {
        Files.createDirectories(attempt.files);
        var said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        Files.writeString(attempt.files.resolve("log"), hidden.masked(said));
      }
    } catch (IOException trouble) {
      throw new CannotStart(
          "the Python environment could not be made, and its log cannot be copied: "
              + trouble.getMessage());
    }
  }
}
