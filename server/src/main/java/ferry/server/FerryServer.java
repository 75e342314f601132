package ferry.server;

import ferry.collect.LogWatch;
import ferry.collect.MetricBatches;
import ferry.engine.Engine;
import ferry.engine.Journal;
import ferry.engine.Launcher;
import ferry.engine.RunListener;
import ferry.error.UserException;
import ferry.run.Capacity;
import ferry.server.ServerLife.End;
import ferry.server.http.Guard;
import ferry.server.http.HttpFront;
import ferry.server.http.HttpMeter;
import ferry.server.http.Router;
import ferry.server.mlflow.MlflowApi;
import ferry.submission.FiredRuns;
import ferry.tracking.Sweep;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server: the engine that walks its runs, the API over it, its schedules, and the watch over
 * whether it is still needed. It is handed a home that is already its own.
 */
public final class FerryServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FerryServer.class);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final int TOKEN_BYTES = 32;

  /**
   * How a server is to be.
   *
   * @param port 0 for the one of the server before, or any that is free
   * @param hosts other names and ports under which it may be addressed
   * @param page the directory of the built web page
   * @param idle how long it stays when nobody needs it; for ever where empty
   * @param build the mark of the build that runs
   * @param isOurs whether the home is there and this server's
   */
  public record Settings(
      Path home,
      int port,
      Set<String> hosts,
      Optional<Path> page,
      Optional<Duration> idle,
      String version,
      String build,
      BooleanSupplier isOurs) {}

  /**
   * How runs are tracked, their steps known, and both counted.
   *
   * @param logs reads what runs print
   * @param metrics brings it into what is tracked
   * @param runs hears of what happens to runs, and tells the mirror
   */
  public record Tracking(
      RunMirror mirror,
      StepTokens tokens,
      LogWatch logs,
      MetricBatches metrics,
      RunListener runs,
      HttpMeter requests) {}

  private final Settings settings;
  private final Tracking tracking;
  private final ServerLife life;
  private final InstantSource clock;
  private final RunFeed feed = new RunFeed();
  private final Journal journal;
  private final MetricMirror printed;
  private final Engine engine;
  private final Thread walking;
  private final Thread looking;
  private final Ports ports;
  private final ScheduleClock schedules;
  private final FiringWatch firings;
  private final SearchLife searching;
  private final String token = token();
  private final HttpFront front;
  private @Nullable AddressFile address;
  private boolean closed;

  /**
   * Binds to its port; nothing is answered or started yet.
   *
   * @param launchers by the name of the backend that each of them is
   * @param capacity what this machine has for steps
   * @param tracking how runs are tracked while they go on
   * @param ports made for the engine, which is the place where runs execute
   * @throws ferry.error.UserException where it cannot listen
   */
  public FerryServer(
      Settings settings,
      ServerLife life,
      Journal journal,
      Map<String, Launcher> launchers,
      Supplier<Capacity> capacity,
      Tracking tracking,
      InstantSource clock,
      Function<Engine, Ports> ports) {
    this.settings = settings;
    this.tracking = tracking;
    this.life = life;
    this.clock = clock;
    this.journal = journal;
    printed = new MetricMirror(tracking.logs(), tracking.metrics(), clock);
    engine = new Engine(journal, launchers, clock, feed.and(tracking.runs(), printed));
    walking =
        Thread.ofPlatform()
            .name("engine")
            .uncaughtExceptionHandler((_, failure) -> broken(failure))
            .unstarted(engine::run);
    looking = Thread.ofVirtual().name("life").unstarted(this::look);
    this.ports = ports.apply(engine);
    schedules = new ScheduleClock(this.ports.scheduler(), clock);
    firings = new FiringWatch(new FiredRuns(this.ports.scheduler(), this.ports.submissions()));
    searching = new SearchLife(this.ports.search(), this::broken);
    front = frontAsBefore(capacity);
  }

  /** At the port of the server before, so that links and steps that outlived it stay good. */
  private HttpFront frontAsBefore(Supplier<Capacity> capacity) {
    int before = KeptPort.of(settings.home);
    if (settings.port != 0 || before == 0) {
      return front(capacity, settings.port);
    }
    try {
      return front(capacity, before);
    } catch (UserException taken) {
      LOG.info("{}; another port is taken", taken.getMessage());
      return front(capacity, 0);
    }
  }

  /** Without its engine a server would take runs and answer nobody: it ends, and another begins. */
  private void broken(Throwable failure) {
    LOG.error("a loop failed", failure);
    life.end(End.BROKEN);
  }

  private HttpFront front(Supplier<Capacity> capacity, int wanted) {
    var facts =
        new ServerFacts(
            settings.version,
            settings.build,
            ProcessHandle.current().pid(),
            settings.home,
            clock.instant(),
            capacity,
            engine::ended,
            ports.catalog());
    var sessions = new Sessions(clock);
    var door = new BrowserDoor(sessions, settings.page);
    var routes =
        Api.routes(
            ports,
            feed,
            facts,
            door,
            () -> life.end(End.ASKED),
            new ScheduleHooks(this::schedulesChanged, firings::awaitFirst));
    return new HttpFront(
        wanted,
        new Router(routes, List.of(MlflowApi.dialect())),
        port -> new Guard(hosts(port), token, sessions::holds, tracking.tokens()::attempt),
        life::needed,
        tracking.requests());
  }

  private void schedulesChanged() {
    schedules.changed();
    firings.changed();
  }

  /** Where it listens. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** The port of {@link #url}. */
  public int port() {
    return front.port();
  }

  /**
   * Picks up every run that has not ended, answers from now on, and writes its address down.
   *
   * @throws ferry.error.UserException where that cannot be done; it is to be closed then
   */
  public void start() {
    engine.recover();
    walking.start();
    firings.start();
    searching.start();
    front.open();
    KeptPort.keep(settings.home, front.port());
    address = AddressFile.write(settings.home, url(), token, clock.instant(), settings.build);
    looking.start();
    Thread.ofVirtual().name("sweep").start(this::sweep);
    tracking.mirror().start();
    Thread.ofVirtual().name("printed").start(this::takeUpPrinted);
    LOG.info("listening on {} for {}", url(), settings.home);
  }

  /** What runs that an earlier server left have printed meanwhile. */
  private void takeUpPrinted() {
    for (var id : journal.unfinished()) {
      try {
        journal.bare(id).ifPresent(plan -> printed.follow(plan, all -> engine.follow(id, all)));
      } catch (RuntimeException e) {
        LOG.warn("what {} prints is not read: {}", id, e.getMessage());
      }
    }
  }

  /** Before anything is scheduled: a firing makes a directory for a run that is not known yet. */
  private void sweep() {
    try {
      var swept = new Sweep(ports.catalog(), ports.files()).run(clock.instant());
      if (!swept.isEmpty()) {
        LOG.info("deleted what was left of {} runs that never came to be", swept.size());
      }
    } catch (RuntimeException e) {
      LOG.warn("what is left of runs that never came to be stays: {}", e.getMessage());
    }
    schedules.start();
  }

  private Set<String> hosts(int port) {
    var hosts = new HashSet<>(settings.hosts);
    hosts.addAll(Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port));
    return hosts;
  }

  private static String token() {
    var bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return "ferry-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Looks now and then whether its address can be found, and anybody needs the server. */
  private void look() {
    var trim = new HeapTrim();
    try {
      while (true) {
        Thread.sleep(LOOK);
        keepAddress();
        trim.look(life);
        if (settings.idle.isPresent() && !life.isNeededWithin(settings.idle.get(), this::isBusy)) {
          life.end(End.IDLE);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** Commands find the server by its address: what was lost or damaged is written again. */
  private void keepAddress() {
    var written = address;
    if (written == null || written.isThere() || !settings.isOurs.getAsBoolean()) {
      return;
    }
    try {
      written.write();
      LOG.warn("server.json was gone or not as it was: it is written again");
    } catch (IOException e) {
      LOG.warn("server.json is gone and cannot be written: {}", e.getMessage());
    }
  }

  private boolean isBusy() {
    return !engine.isIdle()
        || searching.isBusy()
        || feed.watching() > 0
        || ports.scheduler().isNeeded();
  }

  /** Stops listening and deciding; the steps that run go on, and the next server takes them up. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    life.end(End.CLOSED);
    looking.interrupt();
    schedules.close();
    firings.close();
    deleteAddress();
    front.close();
    searching.close();
    walking.interrupt();
    try {
      walking.join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    LOG.info("ended: {}", life.await());
  }

  private void deleteAddress() {
    var written = address;
    try {
      if (written != null) {
        written.delete();
      }
    } catch (IOException e) {
      LOG.warn("server.json stays: {}", e.getMessage());
    }
  }
}
