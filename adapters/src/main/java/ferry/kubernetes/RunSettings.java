package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.backend.PodKeys;
import ferry.error.SystemError;
import ferry.error.UserException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Fixes what must stay the same while a run is in a cluster: where it is, and what its Pods have.
 */
public final class RunSettings {
  /** The key of the {@link PodSetting}, as text. */
  public static final String POD = "pod";

  /** The key of how long a step may wait to start. */
  public static final String PENDING_TIMEOUT = "pending-timeout";

  /** The key of the queue of Kueue that steps wait in. */
  public static final String QUEUE = "queue";

  private static final String IMAGE = "image";

  /** The key of the StorageClass of claims. */
  static final String STORAGE = "storage";

  /** The key of how many nodes may mount a claim, in Kubernetes' word. */
  static final String ACCESS = "access";

  /** The key of the group that may write to claims made for the run, where nobody names one. */
  static final String GROUP = "volume-group";

  private final VolumeGroups groups = new VolumeGroups();
  private final Connection connection = new Connection();
  private final Supplier<Map<String, String>> config;
  private final Capturing capturing;
  private final PackedCode packed;
  private final BooleanSupplier mayFetch;
  private final Function<ClusterAddress, KubernetesClient> clients;

  /** Settings of runs whose steps fetch nothing. */
  public RunSettings(
      Supplier<Map<String, String>> config,
      Capturing capturing,
      PackedCode packed,
      Function<ClusterAddress, KubernetesClient> clients) {
    this(config, capturing, packed, () -> false, clients);
  }

  /**
   * Settings of runs.
   *
   * @param config what is configured, asked anew for each run
   * @param mayFetch whether steps reach the server, for code that is too large for the cluster
   */
  public RunSettings(
      Supplier<Map<String, String>> config,
      Capturing capturing,
      PackedCode packed,
      BooleanSupplier mayFetch,
      Function<ClusterAddress, KubernetesClient> clients) {
    this.config = config;
    this.capturing = capturing;
    this.packed = packed;
    this.mayFetch = mayFetch;
    this.clients = clients;
  }

  /**
   * The plan with everything in its setting that must not change.
   *
   * @param withCode whether its code is packed, where it has to be brought
   * @throws ferry.error.UserException where there is no cluster, no image is said, or a secret
   *     cannot be called so
   */
  public Plan fixed(Plan plan, boolean withCode) {
    SecretNames.check(plan.workflow());
    var configured = config.get();
    var address =
        ClusterAddress.isIn(plan.setting())
            ? ClusterAddress.of(plan.setting())
            : connection.find(plan, configured);
    var setting = new LinkedHashMap<>(address.in(plan.setting()));
    for (var key : List.of(PENDING_TIMEOUT, STORAGE, ACCESS, QUEUE)) {
      if (configured.containsKey(key)) {
        setting.putIfAbsent(key, configured.getOrDefault(key, ""));
      }
    }
    var bare = pod(plan, setting, address, configured);
    var slots = Slots.in(setting);
    var pod = slots.isPresent() ? slots.get().over(bare, clients.apply(address)) : bare;
    setting.put(POD, pod.json());
    if (pod.isUserUnknown() && !pod.inPlace() && !setting.containsKey(GROUP)) {
      groups.of(address, clients).ifPresent(group -> setting.put(GROUP, group));
    }
    PodOverlay.remove(setting);
    Slots.remove(setting);
    var fixed = plan.withSetting(setting);
    return withCode && !pod.inPlace() ? withCode(fixed) : fixed;
  }

  /** Code that is too large for objects of the cluster is fetched, where the server is reached. */
  private Plan withCode(Plan plan) {
    var whole = plan.withCode(packed.whole(plan));
    var snapshot = whole.code().snapshot().orElseThrow();
    if (packed.isSmall(snapshot, !mayFetch.getAsBoolean())) {
      return whole;
    }
    var setting = new LinkedHashMap<>(plan.setting());
    setting.put(RunInCluster.CODE, RunInCluster.FETCHED);
    return whole.withSetting(setting);
  }

  private PodSetting pod(
      Plan plan,
      Map<String, String> setting,
      ClusterAddress address,
      Map<String, String> configured) {
    var asked = Optional.ofNullable(setting.get(IMAGE));
    var known =
        setting.containsKey(POD)
            ? Optional.of(PodSetting.read(setting.getOrDefault(POD, "")))
            : setting.containsKey(PodKeys.TEMPLATE)
                ? Optional.of(PodSetting.ofTemplate(setting.getOrDefault(PodKeys.TEMPLATE, "")))
                : capturing.capture(clients.apply(address), address.namespace(), plan);
    var overlay = PodOverlay.in(setting);
    var told =
        known.isPresent() ? asked : asked.or(() -> Optional.ofNullable(configured.get(IMAGE)));
    var bare =
        known
            .or(() -> told.or(() -> overlay.flatMap(PodOverlay::image)).map(PodSetting::ofImage))
            .orElseThrow(RunSettings::noImage);
    var pod = overlay.map(found -> found.over(bare)).orElse(bare);
    return told.map(pod::withImage).orElse(pod);
  }

  private static UserException noImage() {
    return new SystemError.Unavailable(
            "it is not said in which image the steps run",
            List.of("name one with `--image NAME`", "or for all runs: `ferry config image NAME`"))
        .thrown();
  }
}
