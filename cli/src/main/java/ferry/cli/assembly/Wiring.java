package ferry.cli.assembly;

import ferry.backend.Rendered;
import ferry.cli.client.Home;
import ferry.cli.client.Program;
import ferry.cli.config.Config;
import ferry.collect.Collecting;
import ferry.collect.LogJudge;
import ferry.collect.LogWatch;
import ferry.collect.MetricBatches;
import ferry.cron.CronTimes;
import ferry.engine.Engine;
import ferry.engine.Launcher;
import ferry.experiment.Experiments;
import ferry.experiment.WarmStart;
import ferry.files.FileHome;
import ferry.format.JupyterFlowConfig;
import ferry.format.SearchFiles;
import ferry.format.WorkflowFiles;
import ferry.format.YamlText;
import ferry.kubernetes.KubernetesLauncher;
import ferry.kubernetes.OwnAddress;
import ferry.kubernetes.PodTransfer;
import ferry.kubernetes.argo.ArgoLauncher;
import ferry.kubernetes.checkup.UsualBackend;
import ferry.local.LocalLauncher;
import ferry.local.launcher.ForeignSockets;
import ferry.schedule.Scheduler;
import ferry.server.ExperimentFeed;
import ferry.server.FerryServer;
import ferry.server.Ports;
import ferry.server.RunMirror;
import ferry.server.SearchPorts;
import ferry.server.ServerLife;
import ferry.server.StepDoor;
import ferry.server.StepTokens;
import ferry.server.http.Route;
import ferry.server.mlflow.MlflowApi;
import ferry.server.mlflow.MlflowPorts;
import ferry.server.mlflow.StepOutputs;
import ferry.server.tracking.StepResource;
import ferry.server.tracking.TrackingRoutes;
import ferry.store.HomeLease;
import ferry.store.Store;
import ferry.submission.CheckpointPruning;
import ferry.submission.RequestReader;
import ferry.submission.ScheduledRuns;
import ferry.submission.Searches;
import ferry.submission.Submissions;
import ferry.submission.TrialRuns;
import ferry.tracking.RunSummary;
import ferry.workflow.DurationText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Puts server, store and backends together: the only place that sees all of them. */
public final class Wiring {
  private static final String LOCAL = "local";

  /** Of the 512 connections that a server takes. */
  private static final int MOST_FOREIGN = 256;

  private Wiring() {}

  /**
   * Starts the server of a home in this process.
   *
   * @param wish how it is to be
   * @throws ferry.error.UserException in words, where it cannot
   */
  public static RunningServer start(Path home, ServerWish wish) {
    var closing = new Closing();
    try {
      return start(home.toAbsolutePath().normalize(), wish, closing);
    } catch (RuntimeException | Error e) {
      closing.close();
      throw e;
    }
  }

  private static RunningServer start(Path home, ServerWish wish, Closing closing) {
    var life = new ServerLife();
    var opened = new DatabaseChoice(home, life, closing).open(wish.database());
    var store = opened.store();
    var files = new FileHome(home);
    files.sweep(Instant.now());
    var url = new AtomicReference<Optional<String>>(Optional.empty());
    var tokens = new StepTokens(home, store.runs(), url::get);
    var mirror = closing.add(new RunMirror(store.tracked()));
    var logs = new LogWatch(files.logs());
    var metrics = new MetricBatches(store.tracking(), store.metrics());
    var launcher = closing.add(local(home, files, store, tokens, url::get));
    var pods = pods(home, files, store, closing);
    var clusters = closing.add(clusters(home, pods, store));
    var argo = closing.add(argo(home, pods, store));
    var upkeep = new Upkeep(home, store, files, launcher::capacity, mirror, closing);
    var server =
        closing.add(
            new FerryServer(
                settings(home, wish.background(), opened.lease()),
                life,
                upkeep.journal(),
                judged(launcher, clusters, argo, files),
                launcher::capacity,
                new FerryServer.Tracking(
                    mirror, tokens, logs, metrics, upkeep.runs(), upkeep.requests()),
                Clock.systemUTC(),
                engine -> ports(engine, store, files, home, logs, metrics, upkeep)));
    url.set(Optional.of(server.url()));
    server.start();
    var others = new ForeignSockets(server.port(), MOST_FOREIGN);
    closing.add(new Doorkeeper(others::endWhereTooMany).start());
    var running = new Running(life, store, closing);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("end").unstarted(running::close));
    return running;
  }

  /** The places by name; what a step printed may end its retries in each of them. */
  private static Map<String, Launcher> judged(
      LocalLauncher local, KubernetesLauncher clusters, ArgoLauncher argo, FileHome files) {
    return Map.of(
        LOCAL,
        new LogJudge(local, files.logs(), Thread::startVirtualThread),
        KubernetesLauncher.NAME,
        new LogJudge(clusters, files.logs(), Thread::startVirtualThread),
        ArgoLauncher.NAME,
        new LogJudge(argo, files.logs(), Thread::startVirtualThread));
  }

  private static LocalLauncher local(
      Path home, FileHome files, Store store, StepTokens tokens, Supplier<Optional<String>> url) {
    return new LocalLauncher(
        home,
        new LocalLauncher.Stores(files.snapshots(), files.artifacts(), store.results(), tokens),
        url,
        System.getenv(),
        Clock.systemUTC());
  }

  /** What runs in a cluster are made of, and how their Pods reach this server. */
  private static KubernetesLauncher.Stores pods(
      Path home, FileHome files, Store store, Closing closing) {
    var door = new AtomicReference<Optional<String>>(Optional.empty());
    var tokens = new StepTokens(home, store.runs(), door::get);
    OwnAddress.find(Config.read(new Home(home)).values(), System.getenv())
        .ifPresent(address -> {
          var opened = new StepDoor(home, address, stepRoutes(home, store, files), tokens);
          door.set(Optional.of(closing.add(opened).url()));
        });
    return new KubernetesLauncher.Stores(files.snapshots(), files.artifacts(), tokens);
  }

  private static KubernetesLauncher clusters(
      Path home, KubernetesLauncher.Stores pods, Store store) {
    return new KubernetesLauncher(
        home,
        pods,
        () -> Config.read(new Home(home)).values(),
        run -> store.runs().summary(run).map(RunSummary::status),
        attempts(home),
        Clock.systemUTC());
  }

  private static ArgoLauncher argo(Path home, KubernetesLauncher.Stores pods, Store store) {
    return new ArgoLauncher(
        home,
        pods,
        () -> Config.read(new Home(home)).values(),
        run -> store.runs().summary(run).map(RunSummary::status),
        Clock.systemUTC());
  }

  private static FerryServer.Settings settings(Path home, boolean background, HomeLease lease) {
    return new FerryServer.Settings(
        home,
        0,
        hosts(home),
        page(),
        background ? Optional.of(idle(home)) : Optional.empty(),
        Program.version(),
        System.getProperty("ferry.build", "dev"),
        lease::isOurs);
  }

  private static Ports ports(
      Engine engine,
      Store store,
      FileHome files,
      Path home,
      LogWatch logs,
      MetricBatches metrics,
      Upkeep upkeep) {
    var clock = Clock.systemUTC();
    var times = new CronTimes();
    var usual = new UsualBackend(System.getenv());
    var submissions =
        new Submissions(
            Map.of(LOCAL, engine, KubernetesLauncher.NAME, engine, ArgoLauncher.NAME, engine),
            usual,
            files.snapshots(),
            store.runs(),
            clock);
    var firing =
        new ScheduledRuns(submissions, store.runs(), files.snapshots(), new RunCopies(home), clock);
    var others = new ArrayList<>(tracking(store, files, clock));
    others.addAll(upkeep.begin(engine, submissions));
    var reader =
        new RequestReader(
            new WorkflowFiles(times, ZoneId.systemDefault()), new JupyterFlowConfig(usual));
    return new Ports(
        reader,
        submissions,
        store.runs(),
        store.table(),
        store.journal(),
        files.logs(),
        upkeep.runFiles(),
        files.snapshots(),
        new Scheduler(store.schedules(), times, clock, firing),
        search(store, files, home, reader, submissions, logs, metrics),
        run -> engine.trouble(run).or(files::trouble),
        others,
        Wiring::yaml);
  }

  private static SearchPorts search(
      Store store,
      FileHome files,
      Path home,
      RequestReader reader,
      Submissions submissions,
      LogWatch logs,
      MetricBatches metrics) {
    var clock = Clock.systemUTC();
    var feed = new ExperimentFeed();
    var told = new AtomicReference<Experiments>();
    var runs =
        new TrialRuns(
            submissions,
            store.runs(),
            files.snapshots(),
            new RunCopies(home),
            logs,
            metrics,
            new Collecting(new TrialOutside(), store.metrics(), System::nanoTime),
            clock,
            () -> told.get().reports());
    var experiments =
        new Experiments(
            store.experiments(),
            runs,
            clock,
            new CheckpointPruning(
                feed, store.experiments(), new RunCopies(home), Thread::startVirtualThread));
    told.set(experiments);
    var searches =
        new Searches(
            reader,
            new SearchFiles(new CronTimes(), ZoneId.systemDefault()),
            submissions,
            files.snapshots(),
            experiments,
            new WarmStart(store.experiments()));
    return new SearchPorts(searches, experiments, store.experiments(), feed, logs, metrics);
  }

  /** What is tracked, in MLflow's words and in Ferry's own. */
  private static List<Route> tracking(Store store, FileHome files, Clock clock) {
    var mlflow =
        new MlflowPorts(
            store.groups(),
            store.tracked(),
            store.tracking(),
            store.metrics(),
            new StepOutputs(files.uploads(), files.artifacts(), store.tracked()),
            store.models(),
            store.loggedModels());
    var routes = new ArrayList<>(MlflowApi.routes(mlflow, clock));
    routes.addAll(TrackingRoutes.of(mlflow, clock));
    return routes;
  }

  /** What steps in Pods ask for, among much that they may not. */
  private static List<Route> stepRoutes(Path home, Store store, FileHome files) {
    var transfer =
        new PodTransfer(
            home,
            files.snapshots(),
            files.artifacts(),
            run -> store.runs().find(run).flatMap(found -> found.plan().code().snapshot()));
    var routes = new ArrayList<>(tracking(store, files, Clock.systemUTC()));
    routes.addAll(new StepResource(transfer).routes());
    return routes;
  }

  private static String yaml(List<Rendered> objects) {
    return String.join("---\n", objects.stream().map(one -> YamlText.of(one.tree())).toList());
  }

  /** Other names under which a browser may come: a notebook's proxy keeps the hub's. */
  private static Set<String> hosts(Path home) {
    var names = Config.read(new Home(home)).get("hosts").orElse("").split("[, ]+");
    return Arrays.stream(names)
        .filter(name -> !name.isEmpty())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Where the built web page lies: in what was installed, or beside what was built here. */
  private static Optional<Path> page() {
    var dist = Program.current().dist();
    var installed = dist.map(at -> at.resolve("ui"));
    return installed.filter(Files::isDirectory).or(() -> dist.map(at -> at.resolveSibling("ui")));
  }

  private static int attempts(Path home) {
    return (int) Config.read(new Home(home)).number("attempts");
  }

  private static Duration idle(Path home) {
    var usual = Config.usual("idle");
    return DurationText.parse("idle", Config.read(new Home(home)).get("idle").orElse(usual));
  }

  /** A server and all that must be closed after it, in the order in which it closes. */
  private record Running(ServerLife life, Store store, Closing closing) implements RunningServer {
    @Override
    public void awaitEnd() {
      var end = life.await();
      if (end.isHomeLost()) {
        store.abandon();
        ServerLog.note("the server of this home ends: " + end);
      }
      closing.close();
    }

    @Override
    public void close() {
      closing.close();
    }
  }
}
