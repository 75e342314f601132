package ferry.local;

import ferry.engine.AttemptSpec;
import ferry.error.DiskTrouble;
import ferry.error.OutputError;
import ferry.error.UserException;
import ferry.local.launcher.ExitCause;
import ferry.local.launcher.ExitRecord;
import ferry.run.Outcome;
import ferry.run.Usage;
import ferry.tracking.Artifacts;
import ferry.tracking.NamedFiles;
import ferry.workflow.SecretTexts;
import ferry.workflow.StepValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of an attempt whose processes have ended: whether it put out what it promised, and if
 * it failed, why.
 *
 * @param files the attempt's own directory
 * @param directory where its command ran
 * @param hidden what must not stand in what it put out; asked for where it put out anything
 */
record Ending(
    AttemptSpec spec,
    ExitRecord exit,
    Path files,
    Path directory,
    Artifacts artifacts,
    Supplier<SecretTexts> hidden) {

  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  /** Whether nothing needs to be read or kept to know the outcome. */
  boolean isPlain() {
    return exit.succeeded() && spec.files().outputs().isEmpty();
  }

  Outcome outcome() {
    if (!exit.succeeded()) {
      forgetValues();
      return new FailureWords(exit, files.resolve("log"), spec.timeout()).outcome();
    }
    try {
      var values = values();
      var missing = keepOutputs();
      if (missing.isPresent()) {
        return unusable(
            "it ended well, but did not make `" + missing.get() + "`, which its `outputs` promise");
      }
      return values.isEmpty() ? Outcome.Succeeded.PLAIN : new Outcome.Succeeded(values, false);
    } catch (UserException words) {
      var help = words.error().help();
      return unusable(words.getMessage() + (help.isEmpty() ? "" : "; " + help.getFirst()));
    } catch (IOException trouble) {
      return unusable(DiskTrouble.words(directory, trouble));
    } catch (PatternSyntaxException noGlob) {
      return unusable("`" + noGlob.getPattern() + "` in its `outputs` is no glob");
    } catch (RuntimeException broken) {
      // Whatever it is, the attempt has ended: untold, its run would wait for it for ever.
      return unusable("what it put out could not be kept: " + broken);
    }
  }

  private Outcome unusable(String reason) {
    return new Outcome.Failed(Outcome.Cause.OUTPUT, OptionalInt.of(exit.exitCode()), reason);
  }

  /** Nobody reads what a command that failed put out, and it may hold the value of a secret. */
  private void forgetValues() {
    try {
      Files.deleteIfExists(files.resolve("output"));
    } catch (IOException trouble) {
      LOG.warn("what {} put out stays: {}", spec.id(), DiskTrouble.reason(trouble));
    }
  }

  private Map<String, String> values() throws IOException {
    var output = files.resolve("output");
    long size = output.toFile().length();
    if (size > StepValues.MOST_BYTES) {
      throw new OutputError.TooMuch(size, StepValues.MOST_BYTES).thrown();
    }
    if (size == 0) {
      return Map.of();
    }
    var bytes = Files.readAllBytes(output);
    refuseSecrets(output, new String(bytes, StandardCharsets.UTF_8));
    return StepValues.parse(bytes);
  }

  /** Before anything of it is read: what is put out is stored, shown, and quoted in errors. */
  private void refuseSecrets(Path output, String text) throws IOException {
    var found = hidden.get().in(text);
    if (found.isPresent()) {
      // What stands there now is refused as well, by a server that has to look again.
      Files.writeString(output, "***\n");
      throw new OutputError.HoldsSecret(
              StepValues.nameAt(text, found.get().start()), found.get().variable())
          .thrown();
    }
  }

  /** Keeps what was promised; what of it is not there. */
  private Optional<String> keepOutputs() throws IOException {
    if (spec.files().outputs().isEmpty()) {
      return Optional.empty();
    }
    var paths = new ArrayList<String>();
    for (var output : spec.files().outputs()) {
      var found = NamedFiles.find(directory, output);
      if (found.isEmpty() && !directory.resolve(output).toFile().isDirectory()) {
        return Optional.of(output);
      }
      paths.addAll(found);
    }
    artifacts.keep(spec.id().run(), spec.id().stepRun(), directory, List.copyOf(paths));
    return Optional.empty();
  }

  Usage usage() {
    return exit.cause() == ExitCause.CANNOT_START
        ? Usage.UNKNOWN
        : new Usage(OptionalDouble.of(exit.cpuMicros() / 1e6), peak());
  }

  /** Zero is written where the system could not tell. */
  private OptionalLong peak() {
    long bytes = exit.peakMemoryBytes();
    return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
  }

  static Outcome cannotStart(String reason) {
    return new Outcome.Failed(Outcome.Cause.CANNOT_START, OptionalInt.empty(), reason);
  }
}
