package ferry.local;

import ferry.backend.CodeKeeper;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.engine.AttemptSpec;
import ferry.engine.Launcher;
import ferry.engine.StartQueue;
import ferry.error.DiskTrouble;
import ferry.local.launcher.Place;
import ferry.run.AttemptId;
import ferry.run.Capacity;
import ferry.tracking.Artifacts;
import ferry.tracking.ResultCache;
import ferry.tracking.StepAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts as processes of this machine. What an attempt needs first is made ready on a thread of
 * its own; then a second process starts it, and goes on without us if it must. What became of it is
 * read from its directory, however often we were killed in between.
 */
public final class LocalLauncher implements Launcher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalLauncher.class);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** Some twenty no-op steps pass while one turn is gathered and becomes durable. */
  private static final int AHEAD = 32;

  private final Path home;
  private final Clock clock;
  private final MachineWord here;
  private final AttemptFiles files;
  private final Gpus gpus;
  private final Capacity capacity;
  private final StartQueue<ActiveAttempt> queue;
  private final StepAccess access;
  private final PythonEnvironments environments;
  private final Suitability suitability;
  private final Preparation preparation;
  private final Supplier<Optional<String>> url;
  private final UnderWay underWay;
  private final Endings endings;
  private @Nullable LauncherProcess launcher;
  private @Nullable Starting starting;

  /** What the launcher keeps things in, and how its steps reach the server. */
  public record Stores(
      CodeKeeper code, Artifacts artifacts, ResultCache results, StepAccess access) {
    public Stores(CodeKeeper code, Artifacts artifacts, ResultCache results) {
      this(code, artifacts, results, StepAccess.NONE);
    }
  }

  /**
   * A launcher for this machine; it starts nothing before {@link #start}.
   *
   * @param home Ferry's home, absolute; it exists
   * @param url where steps reach the server, once it is known
   * @param environment the server's own, for which GPUs there are
   * @throws ferry.error.UserException where this machine cannot say who it is
   */
  public LocalLauncher(
      Path home,
      Stores stores,
      Supplier<Optional<String>> url,
      Map<String, String> environment,
      Clock clock) {
    this.home = home;
    this.clock = clock;
    this.url = url;
    this.access = stores.access();
    this.gpus = Gpus.find(environment);
    var limits = MachineLimits.here();
    this.capacity = new Capacity(limits.cpuMillis(), limits.memoryBytes(), gpus.count());
    this.queue = new StartQueue<>(capacity);
    this.underWay = new UnderWay(gpus, queue, clock, this::begin);
    this.environments = new PythonEnvironments(home);
    var cache = new StepCache(stores.code(), stores.artifacts(), stores.results());
    var values = new SecretValues(home);
    var secrets = new RunSecrets(values);
    this.endings = new Endings(underWay, stores.artifacts(), cache, secrets);
    this.suitability = new Suitability(values, secrets);
    this.preparation = new Preparation(values, secrets, environments, cache, stores.artifacts());
    try {
      this.here = MachineWord.of(home, Place.here());
      this.files = new AttemptFiles(home);
    } catch (IOException trouble) {
      throw DiskTrouble.at(Path.of("/proc"), trouble);
    }
  }

  @Override
  public void start(Reports reports) {
    underWay.reportTo(reports);
    try {
      var process = LauncherProcess.start(home, files, this::receive);
      launcher = process;
      starting = new Starting(home, process, new BaseEnvironments(process, url), gpus, access);
      GpuWatch.start(home, gpus, clock);
    } catch (IOException trouble) {
      throw DiskTrouble.at(home, trouble);
    }
  }

  @Override
  public List<Rendered> render(Plan plan) {
    suitability.refuseShownSecrets(plan);
    return List.of(Rendering.of(plan));
  }

  @Override
  public Plan accept(Plan plan) {
    suitability.check(plan);
    return plan;
  }

  @Override
  public List<String> notes(Plan plan) {
    return Suitability.meaningless(plan);
  }

  @Override
  public Capacity capacity() {
    return capacity;
  }

  @Override
  public String machine() {
    return here.text();
  }

  @Override
  public void launch(Plan plan, AttemptSpec spec) {
    var attempt = new ActiveAttempt(home, plan, spec);
    if (underWay.add(attempt)) {
      queue.add(spec, attempt).forEach(this::begin);
    }
  }

  @Override
  public int ahead() {
    return AHEAD;
  }

  @Override
  public void release(AttemptId id) {
    queue.release(id).forEach(this::begin);
  }

  @Override
  public void pause(boolean paused) {
    queue.pause(paused).forEach(this::begin);
  }

  private void begin(ActiveAttempt attempt) {
    if (preparation.isNeeded(attempt)) {
      Thread.ofVirtual().name("prepare " + attempt.name()).start(() -> prepare(attempt));
    } else {
      handOver(attempt, Preparation.Ready.PLAIN);
    }
  }

  private void prepare(ActiveAttempt attempt) {
    try {
      var prepared = preparation.prepare(attempt, reason -> underWay.pending(attempt, reason));
      switch (prepared) {
        case Preparation.Ready ready -> {
          attempt.hide(ready.hidden());
          handOver(attempt, ready);
        }
        case Preparation.Unchanged(var since) -> underWay.end(attempt, StepCache.outcome(since));
      }
    } catch (CannotStart words) {
      underWay.cannotStart(attempt, words.words());
    } catch (RuntimeException broken) {
      LOG.error("preparing {} failed", attempt.name(), broken);
      underWay.cannotStart(attempt, "it could not be made ready: " + broken);
    }
  }

  private void handOver(ActiveAttempt attempt, Preparation.Ready ready) {
    try {
      if (attempt.handOver()) {
        started().start(attempt, ready);
        if (attempt.isCancelled()) {
          started().process().stop(attempt.name(), GRACE);
        }
      }
    } catch (CannotStart words) {
      underWay.cannotStart(attempt, words.words());
    } catch (RuntimeException broken) {
      LOG.error("handing {} over failed", attempt.name(), broken);
      underWay.cannotStart(attempt, "it could not be handed to the launcher: " + broken);
    }
  }

  @Override
  public void resume(Plan plan, AttemptSpec spec, String machine, boolean wasStarted) {
    var attempt = ActiveAttempt.inDoubt(home, plan, spec);
    if (underWay.add(attempt)) {
      queue.hold(spec);
      gpus.hold(attempt.id(), Starting.gpusOf(attempt));
      Thread.ofVirtual()
          .name("resume " + attempt.name())
          .start(() -> resume(attempt, machine, wasStarted));
    }
  }

  private void resume(ActiveAttempt attempt, String machine, boolean wasStarted) {
    try {
      switch (files.look(attempt.name(), attempt.files)) {
        case AttemptStatus.Ended(var exit) -> endings.take(attempt, exit);
        case AttemptStatus.Lost(var reason) -> underWay.lost(attempt, reason);
        case AttemptStatus.Running _, AttemptStatus.NotClaimed _
            when here.isBeforeRestoring(machine) ->
            underWay.lost(
                attempt, "the home was restored from a backup that was made while it ran");
        case AttemptStatus.Running _ -> follow(attempt);
        case AttemptStatus.NotClaimed _ -> {
          if (!here.isThisBoot(machine)) {
            underWay.lost(attempt, "the machine was restarted before it was known to run");
          } else if (wasStarted) {
            underWay.lost(attempt, "its directory is gone");
          } else if (attempt.mayStart()) {
            queue.addHeld(attempt.spec, attempt).forEach(this::begin);
            forgetIfStopped(attempt);
          } else {
            underWay.stopped(attempt);
          }
        }
      }
    } catch (IOException unreadableNow) {
      // It may run: to take it for lost would let the next attempt start beside it.
      follow(attempt);
    }
  }

  /** It was stopped just before it was queued, so nobody else takes it out again. */
  private void forgetIfStopped(ActiveAttempt attempt) {
    if (underWay.find(attempt.name()).isEmpty()) {
      queue.end(attempt.id(), false).forEach(this::begin);
    }
  }

  private void follow(ActiveAttempt attempt) {
    attempt.foundStarted();
    underWay.started(attempt, clock.instant());
    started().process().watch(attempt.name(), attempt.files, GRACE);
    if (attempt.isCancelled()) {
      started().process().stop(attempt.name(), GRACE);
    }
  }

  @Override
  public void stop(AttemptId id) {
    underWay.find(id.toString()).ifPresent(this::stop);
  }

  private void stop(ActiveAttempt attempt) {
    if (attempt.cancel()) {
      underWay.stopped(attempt);
    } else {
      started().process().stop(attempt.name(), GRACE);
    }
  }

  private Starting started() {
    if (starting == null) {
      throw new IllegalStateException("the launcher was not started");
    }
    return starting;
  }

  private void receive(LauncherReport report) {
    switch (report) {
      case LauncherReport.Started(var name, var _, var millis) ->
          underWay
              .find(name)
              .ifPresent(attempt -> underWay.started(attempt, Instant.ofEpochMilli(millis)));
      case LauncherReport.Ended(var name, var exit) ->
          underWay.find(name).ifPresent(attempt -> endings.seen(attempt, exit));
      case LauncherReport.Refused(var name, var words) ->
          underWay.find(name).ifPresent(attempt -> underWay.cannotStart(attempt, words));
      case LauncherReport.Lost(var name, var words) ->
          underWay.find(name).ifPresent(attempt -> underWay.lost(attempt, words));
      case LauncherReport.Problem(var words) -> LOG.warn("launcher: {}", words);
    }
  }

  /** Leaves running attempts to their launcher process, which goes on until the last has ended. */
  @Override
  public void close() throws IOException {
    environments.close();
    gpus.close();
    if (launcher != null) {
      launcher.close();
    }
  }
}
