package ferry.backends;

import static org.awaitility.Awaitility.await;

import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.backend.Timetable;
import ferry.cron.CronTimes;
import ferry.engine.Engine;
import ferry.engine.Launcher;
import ferry.files.FileHome;
import ferry.format.WorkflowFiles;
import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.schedule.Scheduled;
import ferry.schedule.Scheduler;
import ferry.store.SqliteStore;
import ferry.submission.FiredRuns;
import ferry.submission.Reading;
import ferry.submission.RequestReader;
import ferry.submission.RunRequest;
import ferry.submission.Submissions;
import ferry.tracking.RunRecord;
import ferry.tracking.StepRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A home with a real store and a real engine over one backend, and a directory where commands are
 * typed.
 */
final class ContractPlace {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Makes the launcher of one life of the engine. */
  interface Opening {
    Launcher open(Path home, FileHome files, SqliteStore store);
  }

  final Path work;
  final Map<String, String> environment = new LinkedHashMap<>();
  final Map<String, String> wishes = new LinkedHashMap<>();
  private final Path home;
  private final String backend;
  private final Opening opening;
  private final FileHome files;
  private final SqliteStore store;
  private final Random random = new Random();
  private Launcher launcher;
  private Engine engine;
  private Thread walking;
  private Submissions submissions;

  ContractPlace(Path directory, String backend, Opening opening) throws IOException {
    this.home = Files.createDirectories(directory.resolve("home"));
    this.work = Files.createDirectories(directory.resolve("work"));
    this.backend = backend;
    this.opening = opening;
    this.files = new FileHome(home);
    this.store = SqliteStore.open(home);
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", directory.toString());
    live();
  }

  private void live() {
    launcher = opening.open(home, files, store);
    engine =
        new Engine(
            store.journal(), Map.of(backend, launcher), Clock.systemUTC(), (_, _, _, _) -> {});
    engine.recover();
    walking = Thread.ofPlatform().name("engine").start(engine::run);
    submissions =
        new Submissions(
            Map.of(backend, engine),
            () -> backend,
            files.snapshots(),
            store.runs(),
            Clock.systemUTC());
  }

  /** The server ends at once, and another one takes its home. */
  void restart() throws Exception {
    end();
    live();
  }

  private void end() throws Exception {
    walking.interrupt();
    walking.join();
    if (launcher instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  void write(String file, String text) throws IOException {
    Files.writeString(work.resolve(file), text);
  }

  RunId oneLiner(String text) {
    return submit(Origin.Kind.ONE_LINER, text, List.of());
  }

  RunId exec(String... argv) {
    return submit(Origin.Kind.EXEC, String.join(" ", argv), List.of(argv));
  }

  RunId file(String yaml) {
    return submit(Origin.Kind.FILE, yaml, List.of());
  }

  /** What would be created of a one-liner. */
  List<Rendered> preview(String text) {
    return engine.render(submissions.preview(reading(Origin.Kind.ONE_LINER, text, List.of())));
  }

  /** What is said not to be in that. */
  List<String> leftOut(String text) {
    var plan = submissions.preview(reading(Origin.Kind.ONE_LINER, text, List.of()));
    engine.render(plan);
    return engine.leftOut(plan);
  }

  /** What would be created of a file. */
  List<Rendered> previewOfFile(String text) {
    return engine.render(submissions.preview(reading(Origin.Kind.FILE, text, List.of())));
  }

  /** What would be created of a file's schedule. */
  List<Rendered> previewOfSchedule(String text) {
    var plan = submissions.preview(reading(Origin.Kind.FILE, text, List.of()));
    return engine.timetable(plan).render(plan);
  }

  /** What is said of a file's run before it is one. */
  List<String> explainFile(String text) {
    return engine.explain(submissions.preview(reading(Origin.Kind.FILE, text, List.of())));
  }

  private RunId submit(Origin.Kind kind, String text, List<String> argv) {
    return submissions.submit(reading(kind, text, argv)).plan().id();
  }

  /** Schedules a file's workflow; the plan as it is fired. */
  Plan schedule(String yaml) {
    return submissions.schedule(reading(Origin.Kind.FILE, yaml, List.of())).plan();
  }

  /** What takes up the runs that the cluster begins by a schedule, as a server does. */
  FiredRuns firedRuns(Plan plan) {
    var clock = Clock.systemUTC();
    store.schedules().keep(Scheduled.of(plan, clock.instant()));
    var scheduler =
        new Scheduler(
            store.schedules(),
            new CronTimes(),
            clock,
            (scheduled, _) -> {
              throw new IllegalStateException("the cluster fires " + scheduled.name());
            });
    return new FiredRuns(scheduler, submissions);
  }

  /** The run that was fired last of a schedule. */
  Optional<RunId> lastRun(String schedule) {
    return store.schedules().find(schedule).flatMap(Scheduled::run);
  }

  Timetable timetable(Plan plan) {
    return engine.timetable(plan);
  }

  private Reading reading(Origin.Kind kind, String text, List<String> argv) {
    var place = new Place(work.toString(), environment, "ada", "here");
    var request =
        new RunRequest(
            Long.toString(random.nextLong(36L * 36 * 36 * 36 * 36, Long.MAX_VALUE), 36)
                .substring(0, 6),
            kind,
            text,
            Optional.of("ferry.yaml").filter(_ -> kind == Origin.Kind.FILE),
            argv,
            Optional.empty(),
            Map.of(),
            wishes,
            Optional.of(backend),
            place);
    var reader = new RequestReader(new WorkflowFiles(new CronTimes(), ZoneOffset.UTC));
    return reader.read(request);
  }

  void stop(RunId run) {
    engine.stop(run, "asked by ada");
  }

  void retry(RunId run) {
    engine.retry(run);
  }

  void remove(RunId run) {
    engine.remove(run, () -> store.runs().delete(run));
  }

  /** The server ends at once, its home forgets a run, and another server takes it. */
  void forgetAndRestart(RunId run) throws Exception {
    end();
    store.runs().delete(run);
    live();
  }

  RunRecord now(RunId run) {
    return store.runs().find(run).orElseThrow();
  }

  RunRecord ended(RunId run) {
    return when(run, record -> record.summary().status().isEnded());
  }

  RunRecord when(RunId run, Predicate<RunRecord> wanted) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> now(run), wanted);
  }

  /** Waits until a step's log holds a text. */
  void awaitLog(RunId run, String step, String text) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> log(run, step, 1).contains(text));
  }

  static StepRecord step(RunRecord run, String name) {
    return run.steps().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  String log(RunId run, String step) {
    return log(run, step, 1);
  }

  String log(RunId run, String step, int attempt) {
    var bytes = files.logs().read(new AttemptId(run, step, attempt), 0, 4 << 20).bytes();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  List<String> outputs(RunId run, String step) {
    return files.artifacts().list(run, step).stream()
        .map(kept -> kept.path() + " " + kept.bytes())
        .toList();
  }

  /** Files of the home that hold a text. */
  List<Path> filesWith(String text) throws IOException {
    var found = new ArrayList<Path>();
    try (var all = Files.walk(home)) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  void close() throws Exception {
    end();
    store.close();
  }
}
