package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.backend.Timetable;
import ferry.run.RunId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Schedules that a cluster fires by objects of one kind. Each firing works in its own copy of the
 * code as it was when it was scheduled, which lies in the cluster for as long as the schedule does.
 */
public final class ClusterTimetable implements Timetable {
  private static final KubernetesSerialization JSON = new KubernetesSerialization();
  private static final int NOT_FOUND = 404;

  private final CronKind kind;
  private final RunSettings settings;
  private final PackedCode packed;
  private final String mark;
  private final Function<ClusterAddress, Cluster> clusters;

  /**
   * Schedules of a home.
   *
   * @param mark the home's
   */
  public ClusterTimetable(
      CronKind kind,
      RunSettings settings,
      PackedCode packed,
      String mark,
      Function<ClusterAddress, Cluster> clusters) {
    this.kind = kind;
    this.settings = settings;
    this.packed = packed;
    this.mark = mark;
    this.clusters = clusters;
  }

  @Override
  public List<Rendered> render(Plan plan) {
    var cluster = clusters.apply(ClusterAddress.of(settings.fixed(plan, false).setting()));
    var all = new ArrayList<Rendered>();
    cluster.worded(() -> {
      var fixed = fixed(plan, cluster);
      fixed.ifPresent(known -> {
        all.add(rendered(objects(known, cluster).object()));
        shown(known).forEach(one -> all.add(rendered(one)));
      });
    });
    return List.copyOf(all);
  }

  @SuppressWarnings("unchecked") // an object of the cluster is a JSON object
  private static Rendered rendered(HasMetadata object) {
    return new Rendered(JSON.unmarshal(JSON.asJson(object), Map.class));
  }

  private List<HasMetadata> shown(Plan fixed) {
    return run(fixed).shown().stream().filter(one -> one.getKind().equals("Secret")).toList();
  }

  @Override
  public Plan keep(Plan plan) {
    var cluster = clusters.apply(ClusterAddress.of(settings.fixed(plan, false).setting()));
    var kept = new ArrayList<Plan>();
    cluster.worded(() -> {
      var fixed = fixed(plan, cluster);
      fixed.ifPresent(known -> {
        objects(known, cluster).keep();
        kept.add(marked(plan, known));
      });
    });
    return kept.isEmpty() ? plan : kept.getFirst();
  }

  private Plan marked(Plan plan, Plan fixed) {
    var setting = new LinkedHashMap<>(fixed.setting());
    setting.put(FIRED_BY, kind.kind() + "/" + fixed.id());
    return plan.withCode(fixed.code()).withSetting(setting);
  }

  @Override
  public List<String> notes(Plan plan) {
    if (Timetable.isFiring(plan)) {
      return List.of(
          "The cluster fires it, by the %s in the namespace `%s`, whether a server of yours runs or not; its runs are there alone: `kubectl get pods -l %s=%s`."
              .formatted(
                  plan.setting().get(FIRED_BY),
                  ClusterAddress.of(plan.setting()).namespace(),
                  ScheduleObjects.LABEL,
                  id(plan)));
    }
    var notes = new ArrayList<String>();
    var cluster = clusters.apply(ClusterAddress.of(settings.fixed(plan, false).setting()));
    cluster.worded(() ->
        kind.whyNot(cluster, plan)
            .ifPresent(why -> notes.add("It is fired while your server runs: " + why + ".")));
    return List.copyOf(notes);
  }

  @Override
  public void pause(Plan plan, boolean isPaused) {
    act(plan, objects -> objects.pause(isPaused));
  }

  @Override
  public void remove(Plan plan) {
    act(plan, ScheduleObjects::remove);
  }

  private void act(Plan plan, java.util.function.Consumer<ScheduleObjects> what) {
    var cluster = clusters.apply(ClusterAddress.of(plan.setting()));
    cluster.worded(() -> {
      try {
        what.accept(objects(named(plan, plan.setting()), cluster));
      } catch (KubernetesClientException trouble) {
        if (trouble.getCode() != NOT_FOUND) {
          throw trouble;
        }
      }
    });
  }

  /** The plan as it is fired, where the cluster can fire it. */
  private Optional<Plan> fixed(Plan plan, Cluster cluster) {
    if (kind.whyNot(cluster, plan).isPresent()) {
      return Optional.empty();
    }
    var setting = new LinkedHashMap<>(settings.fixed(plan, false).setting());
    var pod = PodSetting.read(setting.getOrDefault(RunSettings.POD, "")).inOwnCopy();
    setting.put(RunSettings.POD, pod.json());
    var fixed = named(plan, setting);
    return Optional.of(pod.inPlace() ? fixed : fixed.withCode(packed.whole(plan)));
  }

  /** Its objects are named after it, whichever of its versions they are of. */
  private static Plan named(Plan plan, Map<String, String> setting) {
    return new Plan(
        id(plan),
        plan.workflow(),
        plan.backend(),
        plan.place(),
        plan.origin(),
        plan.code(),
        plan.digest(),
        plan.submitted(),
        setting);
  }

  /** The name of the schedule's object. */
  static RunId id(Plan plan) {
    var name = plan.workflow().name();
    return RunId.of(name)
        .filter(_ -> name.length() <= ScheduleObjects.LONGEST)
        .orElseGet(() -> {
          var key = ObjectNames.hash(name);
          var head =
              name.substring(
                  0, Math.min(name.length(), ScheduleObjects.LONGEST - key.length() - 1));
          return RunId.of(head, key);
        });
  }

  private RunInCluster run(Plan fixed) {
    var setting = PodSetting.read(fixed.setting().getOrDefault(RunSettings.POD, ""));
    return new RunInCluster(
        fixed,
        mark,
        ClusterAddress.of(fixed.setting()).namespace(),
        setting,
        setting.inPlace() || fixed.code().snapshot().isEmpty()
            ? CodeParts.NONE
            : packed.parts(fixed));
  }

  private ScheduleObjects objects(Plan fixed, Cluster cluster) {
    return new ScheduleObjects(cluster, kind, fixed, run(fixed), packed, mark);
  }
}
