package ferry.kubernetes;

import ferry.backend.CodeKeeper;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.backend.Timetable;
import ferry.engine.AttemptSpec;
import ferry.engine.Launcher;
import ferry.kubernetes.capture.Inside;
import ferry.run.AttemptId;
import ferry.run.Capacity;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.RunStatus;
import ferry.tracking.Artifacts;
import ferry.tracking.StepAccess;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Attempts as Jobs of a Kubernetes cluster. A cluster finds room by itself, so only the number of
 * attempts under way is bounded. Nothing of a cluster is touched, and no client loaded, before the
 * first run asks for one.
 */
public final class KubernetesLauncher implements Launcher, AutoCloseable {
  /** The name of this backend. */
  public static final String NAME = "kubernetes";

  /**
   * The word for a cluster as a machine: Jobs outlive everything that we could notice, so it never
   * changes.
   */
  private static final String MACHINE = "cluster";

  /**
   * What runs are made of, and where what they put out is kept.
   *
   * @param access how steps in Pods reach the server
   */
  public record Stores(CodeKeeper code, Artifacts artifacts, StepAccess access) {}

  private final Path home;
  private final Stores stores;
  private final Supplier<Map<String, String>> config;
  private final Function<RunId, Optional<RunStatus>> status;
  private final Clock clock;
  private final int mostAttempts;
  private @Nullable Reports reports;
  private @Nullable ClusterRuns runs;

  /**
   * A launcher for whatever cluster a run is for.
   *
   * @param home Ferry's home, absolute; it exists
   * @param config what is configured, asked anew for each run
   * @param status how it stands with a run; empty where nobody knows it
   * @param mostAttempts how many attempts may be under way at one time
   */
  public KubernetesLauncher(
      Path home,
      Stores stores,
      Supplier<Map<String, String>> config,
      Function<RunId, Optional<RunStatus>> status,
      int mostAttempts,
      Clock clock) {
    this.home = home;
    this.stores = stores;
    this.config = config;
    this.status = status;
    this.mostAttempts = mostAttempts;
    this.clock = clock;
  }

  @Override
  public void start(Reports reports) {
    this.reports = reports;
  }

  private synchronized ClusterRuns runs() {
    if (runs == null) {
      if (reports == null) {
        throw new IllegalStateException("the launcher was not started");
      }
      var sources =
          new ClusterRuns.Sources(
              home,
              HomeMark.of(home),
              stores.code(),
              new KeptOutputs(stores.artifacts()),
              new Reach(stores.access(), HomeMark.of(home)),
              config,
              new CapturingNotebook(home, System.getenv()),
              Inside.aPod(System.getenv()),
              status,
              clock);
      runs = new ClusterRuns(sources, reports);
    }
    return runs;
  }

  @Override
  public Plan accept(Plan plan) {
    return runs().accept(plan);
  }

  @Override
  public List<Rendered> render(Plan plan) {
    return runs().render(plan);
  }

  @Override
  public List<String> leftOut(Plan plan) {
    return runs().leftOut(plan);
  }

  @Override
  public List<String> notes(Plan plan) {
    return runs().notes(plan);
  }

  @Override
  public List<String> explain(Plan plan) {
    return runs().explain(plan);
  }

  @Override
  public Timetable timetable() {
    return runs().timetable();
  }

  @Override
  public Capacity capacity() {
    return Capacity.ofAttempts(mostAttempts);
  }

  @Override
  public String machine() {
    return MACHINE;
  }

  @Override
  public void launch(Plan plan, AttemptSpec attempt) {
    runs().launch(plan, attempt, false, false);
  }

  @Override
  public void resume(Plan plan, AttemptSpec attempt, String machine, boolean started) {
    runs().launch(plan, attempt, true, started);
  }

  @Override
  public void stop(AttemptId attempt) {
    runs().stop(attempt);
  }

  @Override
  public void decided(Plan plan, List<RunEvent> events, RunState state) {
    if (state.status().isEnded()) {
      runs().ended(plan, state.status());
    } else if (events.stream().anyMatch(RunEvent.RetryRequested.class::isInstance)) {
      runs().retried(plan);
    }
  }

  @Override
  public void removed(Plan plan) {
    runs().removed(plan);
  }

  @Override
  public void settled(AttemptId attempt) {
    if (isInUse()) {
      runs().settled(attempt);
    }
  }

  private synchronized boolean isInUse() {
    return runs != null;
  }

  /** Leaves everything in the cluster as it is: the next server picks it up. */
  @Override
  public synchronized void close() {
    if (runs != null) {
      runs.close();
    }
  }
}
