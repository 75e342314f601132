package ferry.kubernetes;

import ferry.backend.CodeKeeper;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.backend.Timetable;
import ferry.engine.AttemptSpec;
import ferry.engine.Launcher.Reports;
import ferry.engine.Preview;
import ferry.error.UserException;
import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.run.RunStatus;
import ferry.tracking.AttemptPath;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All attempts of ours in clusters: accepted, started, followed, stopped. */
final class ClusterRuns implements Jobs, AutoCloseable {
  private static final String POD = RunSettings.POD;
  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final Logger LOG = LoggerFactory.getLogger(ClusterRuns.class);

  /** What the runs are made of. */
  record Sources(
      Path home,
      String mark,
      CodeKeeper code,
      KeptOutputs outputs,
      Reach reach,
      Supplier<Map<String, String>> config,
      Capturing capturing,
      boolean isInPod,
      Function<RunId, Optional<RunStatus>> status,
      Clock clock) {}

  private final Sources sources;
  private final Reports reports;
  private final PackedCode packed;
  private final RunSettings settings;
  private final KubernetesSerialization json = new KubernetesSerialization();
  private final Map<ClusterAddress, Cluster> clusters = new ConcurrentHashMap<>();
  private final Lives lives = new Lives();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Map<RunId, RunObjects> runs = new ConcurrentHashMap<>();
  private final Map<AttemptId, Plan> unsettled = new ConcurrentHashMap<>();

  ClusterRuns(Sources sources, Reports reports) {
    this.sources = sources;
    this.reports = reports;
    this.packed = new PackedCode(sources.code());
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
    var fixed = settings.fixed(plan, true);
    var cluster = cluster(fixed);
    var job = objects(fixed).job(Preview.of(fixed).getFirst());
    cluster.worded(() -> cluster.ask(() -> cluster.client().resource(job).dryRun(true).create()));
    return fixed;
  }

  /** See {@link ferry.engine.Launcher#notes}. */
  List<String> notes(Plan plan) {
    var notes =
        new ArrayList<>(
            PodSetting.read(settings.fixed(plan, false).setting().getOrDefault(POD, "")).notes());
    boolean isLong =
        plan.workflow().allSteps().size() > 1
            || plan.workflow().allSteps().stream().anyMatch(step -> step.foreach().isPresent());
    if (sources.isInPod() && isLong) {
      notes.add(
          "This run goes on from step to step only while a server runs, and yours runs in this"
              + " notebook: when the notebook ends, what is running ends well, and the next step"
              + " starts when the notebook is back. `--on argo`, or a team's server, goes on"
              + " without it.");
    }
    return notes;
  }

  /** See {@link ferry.engine.Launcher#timetable}. */
  Timetable timetable() {
    return new ClusterTimetable(
        new CronJobs(), settings, packed, sources.mark(), address -> cluster(address));
  }

  /** See {@link ferry.engine.Launcher#explain}. */
  List<String> explain(Plan plan) {
    var fixed = settings.fixed(plan, false);
    var address = ClusterAddress.of(fixed.setting());
    var pod = PodSetting.read(fixed.setting().getOrDefault(POD, ""));
    var words = new ArrayList<String>();
    words.add(
        "Each step is a Job in the namespace `%s` of the cluster at %s, in the image `%s`."
            .formatted(address.namespace(), address.server(), pod.container().getImage()));
    words.add(
        pod.inPlace()
            ? "The code is used where it lies: steps mount its volume."
            : "The code is packed and unpacked by the steps; steps of one run share a directory.");
    words.addAll(notes(fixed));
    words.addAll(pod.left());
    return words;
  }

  /** See {@link ferry.engine.Launcher#render}. */
  List<Rendered> render(Plan plan) {
    var fixed = settings.fixed(plan, true);
    var objects = objects(fixed);
    var all = new ArrayList<HasMetadata>(objects.shown());
    Preview.of(fixed).forEach(attempt -> all.add(objects.job(attempt)));
    return all.stream().map(this::rendered).toList();
  }

  @SuppressWarnings("unchecked") // an object of the cluster is a JSON object
  private Rendered rendered(HasMetadata object) {
    return new Rendered(json.unmarshal(json.asJson(object), Map.class));
  }

  private RunInCluster objects(Plan plan) {
    var setting = PodSetting.read(plan.setting().getOrDefault(POD, ""));
    var namespace = ClusterAddress.of(plan.setting()).namespace();
    return new RunInCluster(
        plan,
        sources.mark(),
        namespace,
        setting,
        setting.inPlace() || RunInCluster.FETCHED.equals(plan.setting().get(RunInCluster.CODE))
            ? CodeParts.NONE
            : packed.parts(plan));
  }

  void launch(Plan plan, AttemptSpec spec, boolean mayExist, boolean mustExist) {
    var directory = AttemptPath.of(sources.home(), spec.id());
    var around =
        new AttemptLife.Around(
            this, reports, sources.clock(), directory, new Mask(plan)::hide, sources.outputs());
    var life = new AttemptLife(plan, spec, around, mayExist, mustExist);
    if (lives.add(life)) {
      var thread = Thread.ofVirtual().name("attempt " + spec.id()).unstarted(life);
      threads.add(thread);
      thread.start();
    }
  }

  void stop(AttemptId attempt) {
    lives.put(ObjectNames.of(attempt), new AttemptLife.Signal.StopAsked());
  }

  /** Its outcome is durable: the cluster may clear the Job away, unless it keeps the rest. */
  void settled(AttemptId attempt) {
    var plan = unsettled.remove(attempt);
    if (plan != null) {
      clear(
          plan,
          left -> {
            if (sources.reach().isThere()) {
              left.deleteSecret(Reach.secret(attempt));
            }
            if (!objectsOf(plan).isAnchor(attempt)) {
              left.keep(ObjectNames.of(attempt), Leftovers.KEPT);
            }
          });
    }
  }

  /** The end of a run is durable: what it has in the cluster goes after a while. */
  void ended(Plan plan, RunStatus status) {
    unsettled.keySet().removeIf(attempt -> attempt.run().equals(plan.id()));
    var objects = Optional.ofNullable(runs.remove(plan.id()));
    clear(
        plan,
        left -> {
          left.ended(plan.id(), status);
          objects.ifPresent(RunObjects::letCodeGo);
        });
  }

  /** A run is forgotten: what it has in the cluster goes now. */
  void removed(Plan plan) {
    runs.remove(plan.id());
    clear(plan, left -> left.removed(plan.id()));
  }

  private void clear(Plan plan, Consumer<Leftovers> work) {
    Thread.startVirtualThread(() -> {
      try {
        var cluster = cluster(plan);
        cluster.worded(() -> work.accept(new Leftovers(cluster, sources.mark())));
      } catch (UserException trouble) {
        // Done when the cluster is watched anew, or by time to live.
        LOG.info("objects of {} stay in the cluster: {}", plan.id(), trouble.getMessage());
      }
    });
  }

  private RunObjects objectsOf(Plan plan) {
    return runs.computeIfAbsent(
        plan.id(), _ -> new RunObjects(cluster(plan), objects(plan), packed, sources.mark()));
  }

  private Cluster cluster(Plan plan) {
    return cluster(ClusterAddress.of(plan.setting()));
  }

  private Cluster cluster(ClusterAddress address) {
    return clusters.computeIfAbsent(address, Cluster::new);
  }

  @Override
  public KubernetesClient client(Plan plan) {
    return cluster(plan).client();
  }

  @Override
  public void create(Plan plan, AttemptSpec attempt) throws Trouble {
    try {
      watch(plan);
      var namespace = cluster(plan).address().namespace();
      objectsOf(plan)
          .start(
              sources.reach().given(plan, attempt),
              sources.reach().token(plan, attempt, namespace));
    } catch (UserException trouble) {
      var words = trouble.error();
      throw new Trouble(new ClusterTrouble(words.message(), words.help(), false));
    }
    catchUp(plan, attempt);
  }

  private Cluster watch(Plan plan) {
    var cluster = cluster(plan);
    if (cluster.watch(sources.mark(), lives)) {
      clear(plan, left -> left.sweep(sources.status()));
    }
    return cluster;
  }

  @Override
  public boolean find(Plan plan, AttemptSpec attempt) throws Trouble {
    var cluster = watch(plan);
    var jobs = cluster.client().batch().v1().jobs().inNamespace(cluster.address().namespace());
    var name = ObjectNames.of(attempt.id());
    try {
      var job = cluster.ask(() -> jobs.withName(name).get());
      if (job == null) {
        return false;
      }
      lives.job(job, false);
    } catch (KubernetesClientException trouble) {
      throw new Trouble(cluster.words(trouble));
    }
    catchUp(plan, attempt);
    return true;
  }

  @Override
  public List<Pod> pods(Plan plan, AttemptSpec attempt) throws Trouble {
    var cluster = cluster(plan);
    try {
      return cluster.ask(() -> cluster.podsNow(ObjectNames.of(attempt.id())));
    } catch (KubernetesClientException trouble) {
      throw new Trouble(cluster.words(trouble));
    }
  }

  /** What was watched before this attempt listened. */
  private void catchUp(Plan plan, AttemptSpec attempt) {
    var name = ObjectNames.of(attempt.id());
    cluster(plan).podsOf(name).forEach(pod -> lives.pod(name, pod, false));
  }

  @Override
  public void delete(Plan plan, AttemptSpec attempt) throws Trouble {
    objectsOf(plan).delete(attempt.id());
    if (!find(plan, attempt)) {
      lives.put(ObjectNames.of(attempt.id()), new AttemptLife.Signal.JobGone());
    }
  }

  @Override
  public void forget(AttemptLife life) {
    var id = life.spec().id();
    lives.remove(life);
    threads.remove(Thread.currentThread());
    unsettled.put(id, life.plan());
  }

  /** Lets go of all attempts where they are; nothing in a cluster changes by it. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (var thread : threads) {
        thread.join(CLOSING);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    clusters.values().forEach(Cluster::close);
  }

  static boolean isConflict(KubernetesClientException trouble) {
    return trouble.getCode() == CONFLICT;
  }

  static boolean isNotFound(KubernetesClientException trouble) {
    return trouble.getCode() == NOT_FOUND;
  }
}
