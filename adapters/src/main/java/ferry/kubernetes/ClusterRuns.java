package ferry.kubernetes;

import ferry.backend.CodeKeeper;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.engine.AttemptSpec;
import ferry.engine.Launcher.Reports;
import ferry.engine.Preview;
import ferry.error.UserException;
import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.tracking.AttemptPath;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All attempts of ours in clusters: accepted, started, followed, stopped. */
final class ClusterRuns implements Jobs, Cluster.Listener, AutoCloseable {
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
      Supplier<Map<String, String>> config,
      Capturing capturing,
      Clock clock) {}

  private final Sources sources;
  private final Reports reports;
  private final PackedCode packed;
  private final RunSettings settings;
  private final KubernetesSerialization json = new KubernetesSerialization();
  private final Map<ClusterAddress, Cluster> clusters = new ConcurrentHashMap<>();
  private final Map<String, AttemptLife> lives = new ConcurrentHashMap<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Map<RunId, RunObjects> runs = new ConcurrentHashMap<>();
  private final Map<AttemptId, Plan> unsettled = new ConcurrentHashMap<>();

  ClusterRuns(Sources sources, Reports reports) {
    this.sources = sources;
    this.reports = reports;
    this.packed = new PackedCode(sources.code());
    this.settings =
        new RunSettings(
            sources.config(), sources.capturing(), packed, address -> cluster(address).client());
  }

  /** See {@link ferry.engine.Launcher#accept}. */
  Plan accept(Plan plan) {
    var fixed = settings.fixed(plan, true);
    var cluster = cluster(fixed);
    var job = objects(fixed).job(Preview.of(fixed).getFirst());
    try {
      cluster.ask(() -> cluster.client().resource(job).dryRun(true).create());
    } catch (KubernetesClientException trouble) {
      throw cluster.words(trouble).thrown();
    }
    return fixed;
  }

  /** See {@link ferry.engine.Launcher#notes}. */
  List<String> notes(Plan plan) {
    return PodSetting.read(settings.fixed(plan, false).setting().getOrDefault(POD, "")).notes();
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
    words.addAll(pod.notes());
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
        setting.inPlace() ? CodeParts.NONE : packed.parts(plan));
  }

  void launch(Plan plan, AttemptSpec spec, boolean mayExist, boolean mustExist) {
    var directory = AttemptPath.of(sources.home(), spec.id());
    var around =
        new AttemptLife.Around(
            this, reports, sources.clock(), directory, new Mask(plan, spec)::hide);
    var life = new AttemptLife(plan, spec, around, mayExist, mustExist);
    if (lives.putIfAbsent(ObjectNames.of(spec.id()), life) == null) {
      threads.add(Thread.ofVirtual().name("attempt " + spec.id()).start(life));
    }
  }

  void stop(AttemptId attempt) {
    var life = lives.get(ObjectNames.of(attempt));
    if (life != null) {
      life.put(new AttemptLife.Signal.StopAsked());
    }
  }

  /** Its outcome is durable: the cluster may clear the Job away after a while. */
  void settled(AttemptId attempt) {
    var plan = unsettled.remove(attempt);
    if (plan != null) {
      Thread.startVirtualThread(() -> {
        try {
          objectsOf(plan).settle(attempt);
        } catch (Trouble | UserException trouble) {
          LOG.info("{} stays in the cluster: {}", attempt, trouble.getMessage());
        }
      });
    }
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
      cluster(plan).watch(sources.mark(), this);
      objectsOf(plan).start(attempt);
    } catch (UserException trouble) {
      var words = trouble.error();
      throw new Trouble(new ClusterTrouble(words.message(), words.help(), false));
    }
    catchUp(plan, attempt);
  }

  @Override
  public boolean find(Plan plan, AttemptSpec attempt) throws Trouble {
    var cluster = cluster(plan);
    cluster.watch(sources.mark(), this);
    var jobs = cluster.client().batch().v1().jobs().inNamespace(cluster.address().namespace());
    var name = ObjectNames.of(attempt.id());
    try {
      var job = cluster.ask(() -> jobs.withName(name).get());
      if (job == null) {
        return false;
      }
      job(job, false);
    } catch (KubernetesClientException trouble) {
      throw new Trouble(cluster.words(trouble));
    }
    catchUp(plan, attempt);
    return true;
  }

  /** What was watched before this attempt listened. */
  private void catchUp(Plan plan, AttemptSpec attempt) {
    var name = ObjectNames.of(attempt.id());
    cluster(plan).podsOf(name).forEach(pod -> pod(name, pod, false));
  }

  @Override
  public void delete(Plan plan, AttemptSpec attempt) throws Trouble {
    objectsOf(plan).delete(attempt.id());
    if (!find(plan, attempt)) {
      job(ObjectNames.of(attempt.id()), new AttemptLife.Signal.JobGone());
    }
  }

  @Override
  public void forget(AttemptLife life) {
    var id = life.spec().id();
    lives.remove(ObjectNames.of(id), life);
    threads.remove(Thread.currentThread());
    unsettled.put(id, life.plan());
  }

  @Override
  public void pod(String job, Pod pod, boolean isGone) {
    job(job, isGone ? new AttemptLife.Signal.PodGone(pod) : new AttemptLife.Signal.PodSeen(pod));
  }

  @Override
  public void job(Job job, boolean isGone) {
    job(
        job.getMetadata().getName(),
        isGone ? new AttemptLife.Signal.JobGone() : new AttemptLife.Signal.JobSeen(job));
  }

  private void job(String name, AttemptLife.Signal signal) {
    var life = lives.get(name);
    if (life != null) {
      life.put(signal);
    }
  }

  @Override
  public void warning(Event event) {
    var about = event.getInvolvedObject();
    if (lives.isEmpty() || about == null || about.getName() == null) {
      return;
    }
    WaitWords.of(event)
        .ifPresent(why -> {
          var name = about.getName();
          job(
              "Job".equals(about.getKind()) ? name : jobOfPod(name),
              new AttemptLife.Signal.Warned(why));
        });
  }

  /** A Pod is named as its Job, a hyphen, and five letters. */
  private static String jobOfPod(String pod) {
    int hyphen = pod.lastIndexOf('-');
    return hyphen < 0 ? pod : pod.substring(0, hyphen);
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
