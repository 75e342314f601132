package ferry.server;

import ferry.backend.Code;
import ferry.backend.CodeKeeper;
import ferry.collect.LogWatch;
import ferry.collect.MetricBatches;
import ferry.experiment.Experiments;
import ferry.experiment.WarmStart;
import ferry.run.Capacity;
import ferry.run.RunId;
import ferry.schedule.FiringTimes;
import ferry.schedule.ScheduleBook;
import ferry.schedule.Scheduled;
import ferry.schedule.Scheduler;
import ferry.server.http.Guard;
import ferry.server.http.HttpFront;
import ferry.server.http.HttpMeter;
import ferry.server.http.Route;
import ferry.server.http.Router;
import ferry.server.mlflow.MlflowPorts;
import ferry.server.tracking.TrackingRoutes;
import ferry.server.upkeep.Notifier;
import ferry.server.upkeep.NotifySettings;
import ferry.server.upkeep.Retention;
import ferry.server.upkeep.RunMeter;
import ferry.server.upkeep.ScrapeToken;
import ferry.server.upkeep.UpkeepRoutes;
import ferry.server.upkeep.WatchedJournal;
import ferry.submission.RequestReader;
import ferry.submission.ScheduledRuns;
import ferry.submission.Searches;
import ferry.submission.Submissions;
import ferry.tracking.Metric;
import ferry.tracking.MetricHistory;
import ferry.tracking.MetricSeries;
import ferry.tracking.ResourceSamples;
import ferry.tracking.RunFiles;
import ferry.tracking.RunTable;
import ferry.tracking.TrackedId;
import ferry.workflow.Schedule;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import ferry.workflow.WorkflowReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** A real server on a real port, over runs, logs and schedules in memory. */
final class TestServer implements AutoCloseable {
  static final String TOKEN = "a-token-of-a-test";
  static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");

  /** Tracking is tested over a real store; here its routes are only described. */
  private static final MlflowPorts NOTHING_TRACKED =
      new MlflowPorts(null, null, null, null, null, null, null);

  final RunFeed feed = new RunFeed();
  final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  final FakeRuns runs = new FakeRuns(feed);
  final MemoryLogs logs = new MemoryLogs();
  final MemoryFiles files = new MemoryFiles();
  final MemoryBook book = new MemoryBook();
  final List<RunTable.Query> tables = new ArrayList<>();
  final List<String> asked = new ArrayList<>();
  volatile Optional<String> broken = Optional.empty();
  final AtomicBoolean fullDisk = new AtomicBoolean();
  final WatchedJournal journal = new WatchedJournal(new RefusingJournal(runs, fullDisk));
  volatile List<ResourceSamples.Sample> samples = List.of();
  final List<Route> routes;
  final HttpFront front;
  private final HttpClient client = HttpClient.newHttpClient();

  final Sessions sessions = new Sessions(() -> clock.get());

  TestServer() {
    this(Path.of("/nowhere"));
  }

  /** A server whose web page lies in a directory. */
  TestServer(Path page) {
    FiringTimes everyHour =
        (_, after) ->
            Optional.of(Instant.ofEpochSecond((after.getEpochSecond() / 3600 + 1) * 3600));
    var submissions =
        new Submissions(Map.of("local", runs), () -> "local", new SameCode(), runs, () -> NOW);
    var ports =
        new Ports(
            new RequestReader(new LineReader()),
            submissions,
            runs,
            query -> {
              tables.add(query);
              return List.of();
            },
            runs,
            logs,
            files,
            new SameCode(),
            new Scheduler(
                book,
                everyHour,
                () -> NOW,
                new ScheduledRuns(
                    submissions,
                    runs,
                    new SameCode(),
                    new CopiesIn(Path.of("/copies")),
                    () -> NOW)),
            search(submissions),
            runs::trouble,
            others(submissions),
            objects -> "yaml of " + objects.size() + "\n");
    var door = new BrowserDoor(sessions, Optional.of(page));
    routes = routes(ports, door);
    front = new HttpFront(0, new Router(routes), this::guard, () -> {});
    front.open();
  }

  private List<Route> routes(Ports ports, BrowserDoor door) {
    var hooks = new ScheduleHooks(() -> asked.add("schedules"), () -> {});
    return Api.routes(ports, feed, facts(), door, () -> asked.add("stop"), hooks);
  }

  private List<Route> others(Submissions submissions) {
    var others = new ArrayList<>(TrackingRoutes.of(NOTHING_TRACKED, () -> NOW));
    var retention =
        new Retention(
            runs,
            files,
            submissions::backend,
            new Retention.Needs(List::of, _ -> Optional.empty(), List::of),
            () -> NOW);
    var notifier =
        new Notifier(
            new NoNotices(),
            runs,
            Path.of("/nowhere"),
            () -> new NotifySettings(Optional.empty(), Optional.empty(), false),
            () -> NOW);
    others.addAll(
        UpkeepRoutes.of(
            new UpkeepRoutes.Upkept(
                Path.of("/nowhere"),
                new ScrapeToken("scraper"),
                "0.1.0",
                runs,
                logs,
                _ -> samples,
                retention,
                out -> out.write(1),
                () -> new Capacity(2000, 1L << 30, 0),
                () -> broken),
            new UpkeepRoutes.Watching(new RunMeter(feed), journal, new HttpMeter(), notifier),
            () -> NOW));
    return others;
  }

  private ServerFacts facts() {
    return new ServerFacts(
        "0.1.0",
        "dev",
        4711,
        Path.of("/home/ada/.ferry"),
        NOW,
        () -> new Capacity(2000, 1L << 30, 0),
        () -> broken,
        runs);
  }

  private Guard guard(int port) {
    return new Guard(Set.of("127.0.0.1:" + port, "localhost:" + port), TOKEN, sessions::holds);
  }

  /** Experiments of which there are none. */
  private SearchPorts search(Submissions submissions) {
    var noBook = new NoExperiments();
    var watch = new LogWatch(logs);
    var none = new SilentTrials();
    var experiments = new Experiments(noBook, none, () -> NOW, new ExperimentFeed());
    var searches =
        new Searches(
            new RequestReader(new LineReader()),
            (source, _, _, _) -> {
              throw new ferry.error.FileError.Empty(source).thrown();
            },
            submissions,
            new SameCode(),
            experiments,
            new WarmStart(noBook));
    return new SearchPorts(searches, experiments, noBook, new ExperimentFeed(), watch, noMetrics());
  }

  private static MetricBatches noMetrics() {
    return new MetricBatches(
        (run, batch) -> {},
        new MetricHistory() {
          @Override
          public List<Metric> latest(TrackedId run) {
            return List.of();
          }

          @Override
          public List<Length> lengths(RunId run, int most) {
            return List.of();
          }

          @Override
          public MetricSeries history(TrackedId run, String key) {
            return MetricSeries.empty();
          }
        });
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + TOKEN);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /** An answer that goes on; the head has come when this returns. */
  InputStream stream(String path) throws IOException, InterruptedException {
    return client
        .send(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream())
        .body();
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A submission of a one-liner, typed in `/work`. */
  static String oneLiner(String key, String text) {
    return """
    {"kind": "one-liner", "key": "%s", "text": "%s",
     "place": {"directory": "/data/digits", "environment": {"PATH": "/hunter2"}, "user": "ada"}}
    """
        .formatted(key, text);
  }

  RunId submit(String key, String text) throws IOException, InterruptedException {
    post("/api/v1/runs", oneLiner(key, text));
    return new RunId("digits-" + key);
  }

  @Override
  public void close() {
    front.close();
    client.close();
  }

  /** Code that never changes. */
  private static final class SameCode implements CodeKeeper {
    @Override
    public void visit(String snapshot, Visitor visitor) {}

    @Override
    public Code keep(Path directory) {
      return new Code(Optional.of("abc"), Optional.empty(), false, Optional.empty());
    }

    @Override
    public SortedMap<String, String> files(String snapshot) {
      return new TreeMap<>();
    }

    @Override
    public Optional<String> restore(String snapshot, Path original, Path target) {
      return Optional.empty();
    }

    @Override
    public List<String> settle(String brought, Path original, Path target) {
      return List.of();
    }

    @Override
    public void bringBack(Path copy) {}

    @Override
    public List<Difference> diff(String from, String to) {
      return List.of();
    }
  }

  /** Reads each line as a step; a line `schedule: ...` makes it one that starts by itself. */
  private static final class LineReader implements WorkflowReader {
    @Override
    public Reading read(String source, String directory, String text, Map<String, String> params) {
      var lines = text.lines().toList();
      var schedule =
          lines.stream()
              .filter(line -> line.startsWith("schedule: "))
              .map(line -> new Schedule(line.substring(10), java.time.ZoneOffset.UTC))
              .findFirst();
      var steps = new ArrayList<Step>();
      lines.stream()
          .filter(line -> !line.startsWith("schedule: "))
          .forEach(line -> steps.add(Step.of("step" + steps.size(), line)));
      var workflow = new Workflow("digits", Map.of(), steps, List.of(), schedule);
      return new Reading(workflow, "lines", List.of("line 1 is odd"));
    }
  }

  /** Remembers whose files were deleted. */
  static final class MemoryFiles implements RunFiles {
    final List<RunId> deleted = new ArrayList<>();

    @Override
    public void delete(RunId run) {
      deleted.add(run);
    }

    @Override
    public Set<RunId> barelyBegun(Instant before) {
      return Set.of();
    }
  }

  /** Schedules in memory. */
  static final class MemoryBook implements ScheduleBook {
    private final Map<String, Scheduled> kept = new ConcurrentHashMap<>();

    @Override
    public List<Scheduled> all() {
      return new TreeMap<>(kept).values().stream().toList();
    }

    @Override
    public Optional<Scheduled> find(String name) {
      return Optional.ofNullable(kept.get(name));
    }

    @Override
    public void keep(Scheduled scheduled) {
      kept.put(scheduled.name(), scheduled);
    }

    @Override
    public boolean remove(String name) {
      return kept.remove(name) != null;
    }
  }
}
