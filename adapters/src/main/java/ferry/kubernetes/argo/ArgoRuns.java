package ferry.kubernetes.argo;

import ferry.backend.CodeKeeper;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.backend.Timetable;
import ferry.engine.AttemptSpec;
import ferry.engine.Launcher.Reports;
import ferry.error.SystemError;
import ferry.error.UserException;
import ferry.kubernetes.Capturing;
import ferry.kubernetes.Cluster;
import ferry.kubernetes.ClusterAddress;
import ferry.kubernetes.ClusterTimetable;
import ferry.kubernetes.Fired;
import ferry.kubernetes.KeptOutputs;
import ferry.kubernetes.Leftovers;
import ferry.kubernetes.OwnSecret;
import ferry.kubernetes.PackedCode;
import ferry.kubernetes.PodSetting;
import ferry.kubernetes.Reach;
import ferry.kubernetes.RunInCluster;
import ferry.kubernetes.RunObjects;
import ferry.kubernetes.RunSettings;
import ferry.kubernetes.Vouched;
import ferry.kubernetes.rights.Right;
import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.RunStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All runs of ours that Argo walks: accepted, begun, followed, stopped. */
final class ArgoRuns implements ArgoWatch.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ArgoRuns.class);
  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final Right WORKFLOWS =
      new Right(
          "argoproj.io", "workflows", List.of("get", "list", "watch", "patch"), "following runs");
  private static final int NOT_FOUND = 404;

  /** What the runs are made of. */
  record Sources(
      Path home,
      String mark,
      CodeKeeper code,
      KeptOutputs outputs,
      Reach reach,
      Supplier<Map<String, String>> config,
      Capturing capturing,
      Function<RunId, Optional<RunStatus>> status,
      Clock clock) {}

  private final Sources sources;
  private final Reports reports;
  private final PackedCode packed;
  private final RunSettings settings;
  private final Vouched vouched;
  private final Map<ClusterAddress, Cluster> clusters = new ConcurrentHashMap<>();
  private final Map<ClusterAddress, ArgoVersion> versions = new ConcurrentHashMap<>();
  private final Map<ClusterAddress, ArgoWatch> watches = new ConcurrentHashMap<>();
  private final Map<RunId, ArgoRun> runs = new ConcurrentHashMap<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  ArgoRuns(Sources sources, Reports reports) {
    this.sources = sources;
    this.reports = reports;
    this.packed = new PackedCode(sources.code());
    this.vouched = new Vouched(sources.clock());
    this.settings =
        new RunSettings(
            sources.config(),
            sources.capturing(),
            packed,
            sources.reach()::isThere,
            address -> cluster(address).client());
  }

  /** See {@link ferry.engine.Launcher#accept}. */
  Plan accept(Plan plan) {
    if (Fired.object(plan).isPresent()) {
      return plan; // it is there
    }
    var fixed = fixed(plan, true);
    var cluster = cluster(fixed);
    try {
      var wanted = wanted(fixed, RunState.of(fixed.workflow()));
      vouched.check(cluster, fixed.id(), wanted.workflow());
    } catch (KubernetesClientException trouble) {
      throw words(cluster, trouble);
    }
    cluster.rights().check(objects(fixed).rights(WORKFLOWS, sources.reach().isThere()));
    return fixed;
  }

  /** Argo itself has to know what a container runs. */
  private Plan fixed(Plan plan, boolean withCode) {
    var fixed = settings.fixed(plan, withCode);
    if (setting(fixed).runsOwnProgram()) {
      throw new SystemError.Unavailable(
              "the Job names no `command`, and Argo does not know what its image runs by itself",
              List.of("run it with `--on kubernetes`", "or write its command down"))
          .thrown();
    }
    return fixed;
  }

  private static UserException words(Cluster cluster, KubernetesClientException trouble) {
    var known = cluster.words(trouble);
    boolean isNamespace = known.message().contains("namespace");
    return trouble.getCode() == NOT_FOUND && !isNamespace
        ? new SystemError.Unavailable(
                "Argo Workflows is not installed in the cluster at " + cluster.address().server(),
                List.of(
                    "run it with `--on kubernetes`, which needs nothing installed",
                    "`ferry doctor` says what is there"))
            .thrown()
        : known.thrown();
  }

  /** See {@link ferry.engine.Launcher#notes}. */
  List<String> notes(Plan plan) {
    return setting(settings.fixed(plan, false)).notes();
  }

  private static PodSetting setting(Plan plan) {
    return PodSetting.read(plan.setting().getOrDefault(RunSettings.POD, ""));
  }

  /** See {@link ferry.engine.Launcher#timetable}. */
  Timetable timetable() {
    return new ClusterTimetable(
        new CronWorkflows(sources.mark(), this::version),
        settings,
        packed,
        sources.mark(),
        address -> cluster(address));
  }

  private ArgoVersion version(Cluster cluster) {
    return versions.computeIfAbsent(cluster.address(), _ -> ArgoVersion.of(cluster));
  }

  /** See {@link ferry.engine.Launcher#explain}. */
  List<String> explain(Plan plan) {
    var fixed = fixed(plan, false);
    var address = ClusterAddress.of(fixed.setting());
    var pod = setting(fixed);
    var words = new ArrayList<String>();
    words.add(
        "The run is one Workflow of Argo in the namespace `%s` of the cluster at %s, its steps are Pods in the image `%s`; Argo walks it, whether a Ferry server is there or not."
            .formatted(address.namespace(), address.server(), pod.container().getImage()));
    objects(fixed).wayOfCode().ifPresent(words::add);
    words.addAll(pod.notes());
    words.addAll(pod.left());
    return words;
  }

  /** See {@link ferry.engine.Launcher#render}. */
  List<Rendered> render(Plan plan) {
    var fixed = fixed(plan, true);
    var objects = objects(fixed);
    var all = new ArrayList<HasMetadata>(objects.shown());
    all.addAll(objects.parts(packed));
    cluster(fixed)
        .worded(() -> {
          var wanted = wanted(fixed, RunState.of(fixed.workflow()));
          wanted.tokens().map(OwnSecret::hidden).ifPresent(all::add);
          all.add(wanted.workflow());
        });
    return all.stream().map(one -> new Rendered(TaskPod.tree(one))).toList();
  }

  /** See {@link ferry.engine.Launcher#leftOut}. */
  List<String> leftOut(Plan plan) {
    return RunInCluster.leftOut(settings.fixed(plan, true));
  }

  private RunInCluster objects(Plan plan) {
    var namespace = ClusterAddress.of(plan.setting()).namespace();
    return RunInCluster.of(plan, sources.mark(), namespace, setting(plan), packed);
  }

  private RunWorkflows.Wanted wanted(Plan plan, RunState state) {
    var address = ClusterAddress.of(plan.setting());
    var version = version(cluster(address));
    var reach = new ArgoReach(sources.reach(), plan, state.retried());
    var tasks = Tasks.of(plan, state, reach::given);
    var mark = sources.mark();
    var files = objects(plan).files();
    return new RunWorkflows.Wanted(
        new WorkflowText(plan, tasks, version, mark, address.namespace(), files).workflow(),
        reach.tokens(tasks, mark, address.namespace()));
  }

  /** See {@link ferry.engine.Launcher#decided}. */
  void decided(Plan plan, RunState state) {
    var known = runs.get(plan.id());
    boolean isTold = known != null && known.put(new ArgoRun.Signal.Decided(state));
    if (!isTold && !state.status().isEnded()) {
      begin(plan, state);
    }
  }

  private void begin(Plan plan, RunState state) {
    try {
      var cluster = cluster(plan);
      var address = cluster.address();
      var watch =
          watches.computeIfAbsent(
              address,
              _ -> {
                sweep(cluster);
                return new ArgoWatch(cluster, sources.mark(), this);
              });
      var run =
          new ArgoRun(
              plan,
              state,
              new ArgoRun.Around(
                  sources.home(),
                  cluster,
                  workflows(plan),
                  known -> wanted(plan, known),
                  watch,
                  sources.outputs(),
                  reports,
                  sources.clock()));
      runs.put(plan.id(), run);
      var thread = Thread.ofVirtual().name("run " + plan.id()).unstarted(() -> follow(plan, run));
      threads.add(thread);
      thread.start();
    } catch (UserException trouble) {
      LOG.error("{} cannot be followed: {}", plan.id(), trouble.error().message());
    }
  }

  private void follow(Plan plan, ArgoRun run) {
    run.run();
    if (run.isOver()) {
      runs.remove(plan.id(), run);
    }
    threads.remove(Thread.currentThread());
  }

  /** Clears away what earlier servers of this home left. */
  private void sweep(Cluster cluster) {
    Thread.startVirtualThread(() -> {
      try {
        var left = new Leftovers(cluster, sources.mark(), sources.clock());
        cluster.worded(() -> left.sweep(sources.status()));
      } catch (UserException trouble) {
        LOG.info("what ended runs left stays in the cluster: {}", trouble.getMessage());
      }
    });
  }

  private RunWorkflows workflows(Plan plan) {
    var cluster = cluster(plan);
    return new RunWorkflows(cluster, new RunObjects(cluster, objects(plan), packed));
  }

  /** A run is forgotten: what it has in the cluster goes now. */
  void removed(Plan plan) {
    runs.remove(plan.id());
    Thread.startVirtualThread(() -> {
      try {
        cluster(plan)
            .worded(() -> {
              Fired.object(plan).ifPresent(workflows(plan)::delete);
              workflows(plan).delete();
            });
      } catch (UserException trouble) {
        // Argo deletes it by its time to live.
        LOG.info("objects of {} stay in the cluster: {}", plan.id(), trouble.getMessage());
      }
    });
  }

  void launch(Plan plan, AttemptSpec attempt) {
    var run = runs.get(plan.id());
    if (run == null) {
      throw new IllegalStateException("nothing is known of the run of " + attempt.id());
    }
    run.put(new ArgoRun.Signal.Launched(attempt));
  }

  void stop(AttemptId attempt) {
    var run = runs.get(attempt.run());
    if (run != null) {
      run.put(new ArgoRun.Signal.StopAsked(attempt));
    }
  }

  private Cluster cluster(Plan plan) {
    return cluster(ClusterAddress.of(plan.setting()));
  }

  private Cluster cluster(ClusterAddress address) {
    return clusters.computeIfAbsent(address, Cluster::new);
  }

  @Override
  public boolean isNeeded() {
    return !runs.isEmpty();
  }

  @Override
  public void workflow(GenericKubernetesResource workflow, boolean isGone) {
    var name = workflow.getMetadata().getName();
    tell(
        runOf(workflow),
        isGone ? new ArgoRun.Signal.WorkflowGone(name) : new ArgoRun.Signal.WorkflowSeen(workflow));
  }

  @Override
  public void pod(String workflow, Pod pod, boolean isGone) {
    tell(runOf(pod), new ArgoRun.Signal.PodSeen(workflow, pod, isGone));
  }

  @Override
  public void warning(String pod, String why) {
    runs.values().forEach(run -> run.put(new ArgoRun.Signal.Warned(pod, why)));
  }

  private void tell(String run, ArgoRun.Signal signal) {
    var known = RunId.of(run).map(runs::get);
    known.ifPresent(one -> one.put(signal));
  }

  private static String runOf(HasMetadata object) {
    var labels = object.getMetadata().getLabels();
    // A Workflow that a schedule made is named as its run, and has no label of it.
    return labels == null
        ? ""
        : labels.getOrDefault(ferry.kubernetes.Labels.RUN, object.getMetadata().getName());
  }

  /** Lets go of all runs where they are; nothing in a cluster changes by it. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (var thread : threads) {
        thread.join(CLOSING);
      }
      for (var run : new LinkedHashMap<>(runs).values()) {
        run.close();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    watches.values().forEach(ArgoWatch::close);
    clusters.values().forEach(Cluster::close);
  }
}
