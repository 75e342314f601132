package ferry.local;

import ferry.engine.AttemptSpec;
import ferry.error.DiskTrouble;
import ferry.tracking.AttemptPath;
import ferry.tracking.StepAccess;
import ferry.workflow.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Turns an attempt that is ready into what the launcher process is told. */
final class Starting {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final String GPUS = "gpus";

  private final Path home;
  private final LauncherProcess process;
  private final BaseEnvironments bases;
  private final Gpus gpus;
  private final StepAccess access;

  Starting(
      Path home, LauncherProcess process, BaseEnvironments bases, Gpus gpus, StepAccess access) {
    this.access = access;
    this.home = home;
    this.process = process;
    this.bases = bases;
    this.gpus = gpus;
  }

  LauncherProcess process() {
    return process;
  }

  /** Which GPUs an attempt was given, as it was written down. */
  static String gpusOf(ActiveAttempt attempt) {
    var file = attempt.files.resolve(GPUS);
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException unreadable) {
      // Then they may be handed out twice, which costs speed and nothing else.
      return "";
    }
  }

  /** Hands it over; one lock keeps the order of environments and launches. */
  synchronized void start(ActiveAttempt attempt, Preparation.Ready ready) throws CannotStart {
    var spec = attempt.spec;
    var stepRun = AttemptPath.of(home, spec.id().run(), spec.id().stepRun()).toFile();
    var checkpoints = new File(stepRun, "checkpoint");
    if (!isMade(stepRun, checkpoints)) {
      throw new CannotStart(
          "its directory " + checkpoints + " cannot be made: the disk is full or read-only");
    }
    var base = bases.of(attempt.plan, ready.python());
    try {
      process.launch(
          new CommandLaunch(
              attempt.name(),
              attempt.files,
              attempt.directory(),
              command(spec, base),
              base.id(),
              additions(attempt, ready, checkpoints.getPath()),
              spec.timeout().orElse(Duration.ZERO),
              GRACE,
              spec.resources().memoryBytes().orElse(0),
              ready.hidden().all()));
    } catch (IllegalArgumentException zeroByte) {
      throw new CannotStart(
          "its command or a value in it holds a zero byte, which no process can be given");
    }
  }

  /**
   * Makes the directory of a step run's checkpoints; {@code mkdirs} alone would cost ten times as
   * much.
   */
  private static boolean isMade(File stepRun, File checkpoints) {
    boolean isNew = stepRun.mkdir();
    return checkpoints.mkdir() || !isNew && (checkpoints.isDirectory() || checkpoints.mkdirs());
  }

  private static List<String> command(AttemptSpec spec, BaseEnvironments.Base base) {
    return switch (spec.command()) {
      case Command.Shell(var script) -> {
        var words = base.shellIsPlain() ? PlainCommand.words(script) : List.<String>of();
        boolean isDirect =
            !words.isEmpty()
                && base.programs().has(words.getFirst())
                && spec.variables().keySet().stream().noneMatch(Starting::changesTheShell);
        yield isDirect ? words : List.of(base.shell(), "-c", script);
      }
      case Command.Exec(var argv) -> argv;
    };
  }

  private static boolean changesTheShell(String variable) {
    return variable.equals("PATH")
        || variable.equals("BASH_ENV")
        || variable.startsWith("BASH_FUNC_");
  }

  private List<String> additions(ActiveAttempt attempt, Preparation.Ready ready, String checkpoints)
      throws CannotStart {
    var additions = new ArrayList<String>();
    var own = new HashMap<>(attempt.plan.place().environment());
    own.putAll(attempt.spec.variables());
    if (!attempt.spec.variables().containsKey(TypedEnvironment.DIRECTORY)) {
      additions.add(TypedEnvironment.DIRECTORY + "=" + attempt.plan.place().directory());
    }
    access
        .besides(own, attempt.id(), attempt.plan.workflow().name())
        .forEach((name, value) -> additions.add(name + "=" + value));
    attempt.spec.variables().forEach((name, value) -> additions.add(name + "=" + value));
    ready.secrets().forEach((name, value) -> additions.add(name + "=" + value));
    additions.add("FERRY_OUTPUT=" + attempt.files.resolve("output"));
    additions.add("FERRY_CHECKPOINT_DIR=" + checkpoints);
    int wanted = attempt.spec.resources().gpus();
    if (wanted > 0) {
      var given = gpus.take(attempt.id(), wanted);
      additions.add(Gpus.VISIBLE + "=" + given);
      writeDown(attempt, given);
    } else {
      gpus.share(attempt.id(), own);
    }
    return additions;
  }

  private static void writeDown(ActiveAttempt attempt, String given) throws CannotStart {
    Path file = attempt.files.resolve(GPUS);
    try {
      Files.createDirectories(attempt.files);
      Files.writeString(file, given);
    } catch (IOException trouble) {
      throw new CannotStart(DiskTrouble.words(file, trouble));
    }
  }
}
