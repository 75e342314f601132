package ferry.local;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.files.FileHome;
import ferry.run.AttemptId;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunEvent.Ended;
import ferry.run.RunId;
import ferry.tracking.AttemptPath;
import ferry.tracking.ResultCache;
import ferry.workflow.Command;
import ferry.workflow.Resources;
import ferry.workflow.SecretRef;
import ferry.workflow.Step;
import ferry.workflow.StepFiles;
import ferry.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A home, a working directory and a launcher for this machine, for tests. */
final class LocalPlace implements AutoCloseable {
  final Path home;
  final Path work;
  final FileHome files;
  final Map<String, String> environment = new LinkedHashMap<>(System.getenv());
  final BlockingQueue<RunEvent> events = new LinkedBlockingQueue<>();
  final Map<String, ResultCache.Result> results = new ConcurrentHashMap<>();
  LocalLauncher launcher;
  Map<String, String> params = Map.of();
  private Workflow workflow = Workflow.of("test", Step.of("train", "true"));
  private int run;

  LocalPlace(Path place) throws IOException {
    home = Files.createDirectory(place.resolve("home"));
    work = Files.createDirectory(place.resolve("work"));
    files = new FileHome(home);
    launcher = open();
  }

  LocalLauncher open() {
    var stores =
        new LocalLauncher.Stores(
            files.snapshots(),
            files.artifacts(),
            new ResultCache() {
              @Override
              public Optional<Result> find(String key) {
                return Optional.ofNullable(results.get(key));
              }

              @Override
              public void remember(String key, Result result) {
                results.put(key, result);
              }
            });
    var opened =
        new LocalLauncher(
            home,
            stores,
            () -> Optional.of("http://127.0.0.1:1"),
            Map.of("FERRY_GPUS", "2"),
            Clock.systemUTC());
    opened.start((_, event) -> events.add(event));
    return opened;
  }

  void define(Step... steps) {
    workflow = Workflow.of("test", steps);
  }

  /** A new run, typed now. */
  Plan plan() {
    run++;
    return new Plan(
        new RunId("test-" + "a".repeat(4) + run),
        workflow.withParams(params),
        "local",
        new Place(work.toString(), environment, "me", "here"),
        new Origin(Origin.Kind.ONE_LINER, "true", Optional.empty(), Optional.empty()),
        files.snapshots().keep(work),
        "digest",
        Instant.now());
  }

  static AttemptSpec bash(Plan plan, String script) {
    return spec(plan, new Command.Shell(script));
  }

  static AttemptSpec spec(Plan plan, Command command) {
    return new AttemptSpec(
        new AttemptId(plan.id(), "train", 1),
        command,
        Map.of("FERRY_RUN", plan.id().value(), "FERRY_STEP", "train", "FERRY_PARAM_LR", "0.1"),
        Map.of(),
        Resources.NONE,
        Optional.empty(),
        Optional.empty(),
        StepFiles.NONE);
  }

  static AttemptSpec with(AttemptSpec spec, StepFiles files) {
    return new AttemptSpec(
        spec.id(),
        spec.command(),
        spec.variables(),
        spec.secrets(),
        spec.resources(),
        spec.timeout(),
        spec.requirements(),
        files);
  }

  static AttemptSpec with(AttemptSpec spec, Resources resources, Optional<Duration> timeout) {
    return new AttemptSpec(
        spec.id(),
        spec.command(),
        spec.variables(),
        spec.secrets(),
        resources,
        timeout,
        spec.requirements(),
        spec.files());
  }

  static AttemptSpec withSecret(AttemptSpec spec, String variable, SecretRef secret) {
    return new AttemptSpec(
        spec.id(),
        spec.command(),
        spec.variables(),
        Map.of(variable, secret),
        spec.resources(),
        spec.timeout(),
        spec.requirements(),
        spec.files());
  }

  static AttemptSpec withRequirements(AttemptSpec spec, String file) {
    return new AttemptSpec(
        spec.id(),
        spec.command(),
        spec.variables(),
        spec.secrets(),
        spec.resources(),
        spec.timeout(),
        Optional.of(file),
        spec.files());
  }

  /** Runs the script to its end in a run of its own. */
  Outcome run(String script) throws InterruptedException {
    var plan = plan();
    return run(plan, bash(plan, script));
  }

  Outcome run(Plan plan, AttemptSpec spec) throws InterruptedException {
    launcher.launch(plan, spec);
    return end().outcome();
  }

  /** The next end of an attempt. */
  Ended end() throws InterruptedException {
    while (true) {
      var event = next();
      if (event instanceof Ended ended) {
        return ended;
      }
    }
  }

  RunEvent next() throws InterruptedException {
    var event = events.poll(60, TimeUnit.SECONDS);
    assertThat(event).as("an event within a minute").isNotNull();
    return event;
  }

  String log(Plan plan) {
    var log = AttemptPath.log(home, new AttemptId(plan.id(), "train", 1));
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException trouble) {
      throw new AssertionError(trouble);
    }
  }

  static String reason(Outcome outcome) {
    return ((Outcome.Failed) outcome).reason();
  }

  static List<String> lines(String text) {
    return text.lines().toList();
  }

  static Code noCode() {
    return Code.UNKNOWN;
  }

  @Override
  public void close() throws IOException {
    launcher.close();
  }
}
