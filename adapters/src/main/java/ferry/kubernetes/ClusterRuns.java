package ferry.kubernetes;

import ferry.backend.Checkpoints;
import ferry.backend.CodeKeeper;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.backend.Timetable;
import ferry.engine.AttemptSpec;
import ferry.engine.Launcher.Reports;
import ferry.engine.Preview;
import ferry.error.UserException;
import ferry.run.AttemptId;
import ferry.run.Outcome;
import ferry.run.RunId;
import ferry.run.RunStatus;
import ferry.tracking.AttemptPath;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
  private final Vouched vouched;
  private final Map<ClusterAddress, Cluster> clusters = new ConcurrentHashMap<>();
  private final Lives lives = new Lives();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Map<RunId, RunObjects> runs = new ConcurrentHashMap<>();
  private final Map<AttemptId, Plan> unsettled = new ConcurrentHashMap<>();
  private volatile Optional<Plan> newest = Optional.empty();

  ClusterRuns(Sources sources, Reports reports) {
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
    var fixed = settings.fixed(plan, true);
    var cluster = cluster(fixed);
    var job = objects(fixed).job(Preview.of(fixed).getFirst());
    cluster.worded(() -> vouched.check(cluster, fixed.id(), job));
    cluster.rights().check(objects(fixed).rights(RunInCluster.JOBS, sources.reach().isThere()));
    newest = Optional.of(fixed);
    return fixed;
  }

  /** See {@link ferry.engine.Launcher#notes}. */
  List<String> notes(Plan plan) {
    var notes =
        new ArrayList<>(PodSetting.read(known(plan).setting().getOrDefault(POD, "")).notes());
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

  /** As it was accepted or shown a moment ago, where it was. */
  private Plan known(Plan plan) {
    return newest
        .filter(accepted -> accepted.id().equals(plan.id()))
        .orElseGet(() -> settings.fixed(plan, false));
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
    objects(fixed).wayOfCode().ifPresent(words::add);
    words.addAll(notes(fixed));
    words.addAll(pod.left());
    return words;
  }

  /** See {@link ferry.engine.Launcher#render}. */
  List<Rendered> render(Plan plan) {
    var fixed = settings.fixed(plan, true);
    var objects = objects(fixed);
    var all = new ArrayList<HasMetadata>(objects.shown());
    all.addAll(objects.parts(packed));
    var namespace = ClusterAddress.of(fixed.setting()).namespace();
    for (var attempt : Preview.of(fixed)) {
      var token = sources.reach().token(fixed, attempt, namespace);
      token.map(OwnSecret::hidden).ifPresent(all::add);
      all.add(objects.job(sources.reach().given(fixed, attempt)));
    }
    newest = Optional.of(fixed);
    return all.stream().map(this::rendered).toList();
  }

  /** See {@link ferry.engine.Launcher#leftOut}. */
  List<String> leftOut(Plan plan) {
    return RunInCluster.leftOut(known(plan));
  }

  @SuppressWarnings("unchecked") // an object of the cluster is a JSON object
  private Rendered rendered(HasMetadata object) {
    return new Rendered(ClusterJson.JSON.unmarshal(ClusterJson.JSON.asJson(object), Map.class));
  }

  private RunInCluster objects(Plan plan) {
    var setting = PodSetting.read(plan.setting().getOrDefault(POD, ""));
    var namespace = ClusterAddress.of(plan.setting()).namespace();
    return RunInCluster.of(plan, sources.mark(), namespace, setting, packed);
  }

  void launch(Plan plan, AttemptSpec spec, boolean mayExist, boolean mustExist) {
    var directory = AttemptPath.of(sources.home(), spec.id());
    boolean isFired = Fired.is(plan, spec.id());
    var around =
        new AttemptLife.Around(
            this,
            isFired ? Fired.forGood(reports) : reports,
            sources.clock(),
            directory,
            new Mask(plan)::hide,
            sources.outputs());
    var life = new AttemptLife(plan, spec, around, mayExist || isFired, mustExist || isFired);
    if (lives.add(life)) {
      var thread = Thread.ofVirtual().name("attempt " + spec.id()).unstarted(life);
      threads.add(thread);
      thread.start();
    }
  }

  void stop(AttemptId attempt) {
    lives.put(attempt, new Signal.StopAsked());
  }

  /** Its outcome is durable: the cluster may clear the Job away, unless it keeps the rest. */
  void settled(AttemptId attempt) {
    var plan = unsettled.remove(attempt);
    if (plan != null && !Fired.is(plan, attempt)) {
      var objects = objectsOf(plan); // now: the run may end meanwhile, and lets them go
      clear(
          plan,
          left -> {
            if (sources.reach().isThere()) {
              left.deleteSecret(Reach.secret(attempt));
            }
            objects.settled(ObjectNames.of(attempt)).forEach(job -> left.keep(job, Leftovers.KEPT));
          });
    }
  }

  /** An ended run goes on: what it has stays until it ends once more. */
  void retried(Plan plan) {
    clear(plan, left -> left.goesOn(plan.id()));
  }

  /** The end of a run is durable: what it has in the cluster goes after a while. */
  void ended(Plan plan, RunStatus status) {
    unsettled.keySet().removeIf(attempt -> attempt.run().equals(plan.id()));
    var objects = Optional.ofNullable(runs.remove(plan.id()));
    clear(
        plan,
        left -> {
          left.ended(plan.id(), Leftovers.kept(status, Checkpoints.of(plan).isPresent()));
          objects.ifPresent(RunObjects::letSharedGo);
        });
  }

  /** A run is forgotten: what it has in the cluster goes now. */
  void removed(Plan plan) {
    runs.remove(plan.id());
    clear(
        plan,
        left -> {
          Fired.object(plan).ifPresent(left::deleteJob);
          left.removed(plan.id());
        });
  }

  private void clear(Plan plan, Consumer<Leftovers> work) {
    Thread.startVirtualThread(() -> {
      try {
        var cluster = cluster(plan);
        cluster.worded(() -> work.accept(new Leftovers(cluster, sources.mark(), sources.clock())));
      } catch (UserException trouble) {
        // Done when the cluster is watched anew, or by time to live.
        LOG.info("objects of {} stay in the cluster: {}", plan.id(), trouble.getMessage());
      }
    });
  }

  private RunObjects objectsOf(Plan plan) {
    return runs.computeIfAbsent(
        plan.id(), _ -> new RunObjects(cluster(plan), objects(plan), packed));
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
  public WaitReasons reasons(Plan plan) {
    return cluster(plan).reasons();
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
    } catch (Trouble trouble) {
      vouched.forget();
      cluster(plan).rights().forget();
      throw trouble;
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
    var name = Fired.job(plan, attempt.id());
    try {
      var job = cluster.ask(() -> jobs.withName(name).get());
      if (job == null) {
        return false;
      }
      if (!Fired.is(plan, attempt.id())) {
        objectsOf(plan).found(job);
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
      return cluster.ask(() -> cluster.podsNow(Fired.job(plan, attempt.id())));
    } catch (KubernetesClientException trouble) {
      throw new Trouble(cluster.words(trouble));
    }
  }

  /** What was watched before this attempt listened. */
  private void catchUp(Plan plan, AttemptSpec attempt) {
    var name = Fired.job(plan, attempt.id());
    cluster(plan).podsOf(name).forEach(pod -> lives.pod(name, pod, false));
  }

  @Override
  public void stop(Plan plan, AttemptSpec attempt) throws Trouble {
    objectsOf(plan).stop(Fired.job(plan, attempt.id()));
    if (!find(plan, attempt)) {
      lives.put(attempt.id(), new Signal.JobGone());
    }
  }

  @Override
  public void told(AttemptLife life, Outcome outcome) {
    unsettled.put(life.spec().id(), life.plan());
    var objects = runs.get(life.plan().id());
    if (objects != null && outcome instanceof Outcome.Succeeded) {
      objects.filled();
    }
  }

  @Override
  public void forget(AttemptLife life) {
    lives.remove(life);
    threads.remove(Thread.currentThread());
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
