package ferry.kubernetes;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.backend.Timetable;
import ferry.run.RunId;
import ferry.tracking.Sha256;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
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
  private static final int NOT_FOUND = 404;
  private static final long PAGE = 500;

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
    return new Rendered(ClusterJson.JSON.unmarshal(ClusterJson.JSON.asJson(object), Map.class));
  }

  private List<HasMetadata> shown(Plan fixed) {
    var run = run(fixed);
    var all = new ArrayList<HasMetadata>(run.parts(packed));
    run.shown().stream().filter(one -> one.getKind().equals("Secret")).forEach(all::add);
    return all;
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
  public List<Plan> fired(Plan plan) {
    var cluster = clusters.apply(ClusterAddress.of(plan.setting()));
    var all = new ArrayList<Plan>();
    cluster.worded(() ->
        firings(cluster, plan).stream()
            .filter(one -> isOf(plan, one))
            .forEach(one ->
                RunId.of(one.getMetadata().getName())
                    .ifPresent(id -> all.add(run(id, plan, one)))));
    return List.copyOf(all);
  }

  private List<GenericKubernetesResource> firings(Cluster cluster, Plan plan) {
    var labels = Labels.ours(mark);
    labels.put(ScheduleObjects.LABEL, id(plan).value());
    var fires = kind.fires();
    return cluster.ask(() ->
        cluster
            .client()
            .genericKubernetesResources(fires.apiVersion(), fires.kind())
            .inNamespace(cluster.address().namespace())
            .withLabels(labels)
            .list(new ListOptionsBuilder().withLimit(PAGE).build())
            .getItems());
  }

  /** Whether it was fired by this version of the schedule. */
  private static boolean isOf(Plan plan, HasMetadata fired) {
    var annotations = fired.getMetadata().getAnnotations();
    return annotations != null && plan.digest().equals(annotations.get(CronKind.DIGEST));
  }

  /** The run that something is which the schedule's object made; it is known by its uid. */
  private static Plan run(RunId id, Plan plan, HasMetadata fired) {
    var setting = new LinkedHashMap<>(plan.setting());
    var by = setting.remove(FIRED_BY);
    setting.put(FIRED, id.value());
    var kept = plan.code();
    var note = "the code as it was scheduled; the %s fired it".formatted(by);
    return new Plan(
        id,
        plan.workflow(),
        plan.backend(),
        plan.place(),
        new Origin(
            Origin.Kind.SCHEDULE, plan.origin().text(), plan.origin().file(), Optional.empty()),
        new Code(kept.snapshot(), kept.commit(), kept.dirty(), Optional.of(note)),
        Sha256.of("fired " + fired.getMetadata().getUid()),
        Instant.parse(fired.getMetadata().getCreationTimestamp()),
        setting);
  }

  @Override
  public List<String> notes(Plan plan) {
    if (Timetable.isFiring(plan)) {
      return List.of(
          "The cluster fires it, by the %s in the namespace `%s`, whether a server of yours runs or not; `ferry runs` lists what it began."
              .formatted(
                  plan.setting().get(FIRED_BY), ClusterAddress.of(plan.setting()).namespace()));
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
            : packed.ofSchedule(fixed));
  }

  private ScheduleObjects objects(Plan fixed, Cluster cluster) {
    return new ScheduleObjects(cluster, kind, fixed, run(fixed), packed, mark);
  }
}
