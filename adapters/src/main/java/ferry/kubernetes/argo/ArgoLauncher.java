package ferry.kubernetes.argo;

import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.backend.Timetable;
import ferry.engine.AttemptSpec;
import ferry.engine.Launcher;
import ferry.kubernetes.CapturingNotebook;
import ferry.kubernetes.HomeMark;
import ferry.kubernetes.KeptOutputs;
import ferry.kubernetes.KubernetesLauncher.Stores;
import ferry.kubernetes.Reach;
import ferry.run.AttemptId;
import ferry.run.Capacity;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.RunStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs as Workflows of Argo, which starts their steps by itself: to launch an attempt here is to
 * follow it. Nothing of a cluster is touched, and no client loaded, before the first run asks for
 * one.
 */
public final class ArgoLauncher implements Launcher, AutoCloseable {
  /** The name of this backend. */
  public static final String NAME = "argo";

  /** The word for Argo as a machine: Workflows outlive everything that we could notice. */
  private static final String MACHINE = "cluster";

  private static final long MOST_ATTEMPTS = 1_000_000;

  private final Path home;
  private final Stores stores;
  private final Supplier<Map<String, String>> config;
  private final Function<RunId, Optional<RunStatus>> status;
  private final Clock clock;
  private @Nullable Reports reports;
  private @Nullable ArgoRuns runs;

  /**
   * A launcher for whatever cluster a run is for.
   *
   * @param home Ferry's home, absolute; it exists
   * @param config what is configured, asked anew for each run
   * @param status how it stands with a run; empty where nobody knows it
   */
  public ArgoLauncher(
      Path home,
      Stores stores,
      Supplier<Map<String, String>> config,
      Function<RunId, Optional<RunStatus>> status,
      Clock clock) {
    this.home = home;
    this.stores = stores;
    this.config = config;
    this.status = status;
    this.clock = clock;
  }

  @Override
  public void start(Reports reports) {
    this.reports = reports;
  }

  private synchronized ArgoRuns runs() {
    if (runs == null) {
      if (reports == null) {
        throw new IllegalStateException("the launcher was not started");
      }
      runs =
          new ArgoRuns(
              new ArgoRuns.Sources(
                  home,
                  HomeMark.of(home),
                  stores.code(),
                  new KeptOutputs(stores.artifacts()),
                  new Reach(stores.access(), HomeMark.of(home)),
                  config,
                  new CapturingNotebook(home, System.getenv()),
                  status,
                  clock),
              reports);
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
    return Capacity.ofAttempts(MOST_ATTEMPTS);
  }

  @Override
  public String machine() {
    return MACHINE;
  }

  @Override
  public void decided(Plan plan, List<RunEvent> events, RunState state) {
    runs().decided(plan, state);
  }

  @Override
  public void removed(Plan plan) {
    runs().removed(plan);
  }

  @Override
  public void launch(Plan plan, AttemptSpec attempt) {
    runs().launch(plan, attempt);
  }

  @Override
  public void resume(Plan plan, AttemptSpec attempt, String machine, boolean started) {
    runs().launch(plan, attempt);
  }

  @Override
  public void stop(AttemptId attempt) {
    runs().stop(attempt);
  }

  /** Leaves everything in the cluster as it is: the next server picks it up. */
  @Override
  public synchronized void close() {
    if (runs != null) {
      runs.close();
    }
  }
}
