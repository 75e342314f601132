package ferry.kubernetes;

import ferry.backend.Checkpoints;
import ferry.backend.GivenSecrets;
import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.kubernetes.rights.Right;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The objects that a run has in the cluster as a whole: one that owns all others, so that deleting
 * it deletes them, a Secret for values that came with the command, a claim for files that steps
 * hand on, and its code. What they are depends on the plan alone.
 */
public final class RunInCluster {
  private static final String CLAIM_SIZE = "10Gi";
  private static final String FILES = "files";
  private static final String ONE_NODE = "ReadWriteOnce";

  /** The setting that says how the code comes to the steps, and its one value. */
  static final String CODE = "code";

  static final String FETCHED = "fetched";

  static final Right JOBS =
      new Right("batch", "jobs", List.of("get", "list", "watch", "patch"), "following steps");
  private static final Right OBJECTS =
      new Right("", "configmaps", List.of("create", "get", "list", "patch"), "what a run brings");
  private static final Right SECRETS =
      new Right("", "secrets", List.of("create", "delete"), "what a run alone may know");
  private static final Right CLAIMS =
      new Right("", "persistentvolumeclaims", List.of("create"), "handing files from step to step");
  private static final Right PODS =
      new Right("", "pods", List.of("list", "watch"), "following steps");
  private static final Right LOGS = new Right("", "pods/log", List.of("get"), "logs");

  private static final int LONGEST_COMMAND = 1_000;

  private final Plan plan;
  private final String home;
  private final String namespace;
  private final PodSetting setting;
  private final CodeParts code;
  private final StepOrder order;

  /**
   * A run's objects.
   *
   * @param home the mark of our home
   * @param code what of the code has to be brought
   */
  public RunInCluster(
      Plan plan, String home, String namespace, PodSetting setting, CodeParts code) {
    this.plan = plan;
    this.home = home;
    this.namespace = namespace;
    this.setting = setting;
    this.code = code;
    this.order = new StepOrder(plan.workflow());
  }

  /** The same, with what of the code has to be brought by objects. */
  public static RunInCluster of(
      Plan plan, String home, String namespace, PodSetting setting, PackedCode packed) {
    boolean isBrought = !setting.inPlace() && !isFetched(plan);
    var code = isBrought ? packed.ofRuns(plan, home) : CodeParts.NONE;
    return new RunInCluster(plan, home, namespace, setting, code);
  }

  private static boolean isFetched(Plan plan) {
    return FETCHED.equals(plan.setting().get(CODE));
  }

  /** What of a run no objects can show, one sentence each. */
  public static List<String> leftOut(Plan plan) {
    return isFetched(plan)
        ? List.of(
            "the code is not in what is shown: packed it has more than 4 MB, and steps fetch it"
                + " from the server; such a run is begun by `ferry run` alone")
        : List.of();
  }

  /** The object that owns all others. */
  ConfigMap owner() {
    var data = new TreeMap<String, String>();
    var command = plan.origin().text();
    data.put("workflow", plan.workflow().name());
    data.put(
        "command",
        command.length() <= LONGEST_COMMAND
            ? command
            : command.substring(0, LONGEST_COMMAND) + "…");
    data.put("by", plan.place().user());
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(ObjectNames.of(plan.id(), "run"))
        .withNamespace(namespace)
        .withLabels(Labels.of(home, plan.id()))
        .withAnnotations(annotations())
        .endMetadata()
        .withData(data)
        .build();
  }

  private Map<String, String> annotations() {
    var all = new TreeMap<>(Map.of(Labels.RUN, plan.id().value()));
    checkpoints().ifPresent(shared -> all.put(Labels.EXPERIMENT, shared.experiment()));
    return all;
  }

  /** Where other runs go on from this run's checkpoints: not on a volume that all have anyway. */
  Optional<CheckpointClaim> checkpoints() {
    return Checkpoints.of(plan)
        .filter(_ -> !setting.inPlace() || setting.isWritten())
        .map(experiment -> new CheckpointClaim(experiment, isOfOneNode()));
  }

  /** The object that owns the claim with checkpoints; it is not owned yet. */
  ConfigMap keeper(CheckpointClaim shared) {
    return shared.keeper(home, namespace);
  }

  /** The claim with checkpoints; it is not owned yet. */
  PersistentVolumeClaim claim(CheckpointClaim shared) {
    return claim(shared.meta(shared.name(), home, namespace));
  }

  /** The names of all claims that a run may wait for. */
  static Set<String> claims(Plan plan) {
    var files = ObjectNames.of(plan.id(), FILES);
    return Checkpoints.of(plan)
        .map(experiment -> Set.of(files, new CheckpointClaim(experiment, true).name()))
        .orElse(Set.of(files));
  }

  CodeParts code() {
    return code;
  }

  /** What brings the code, where it is brought by objects; nothing of it is owned yet. */
  public List<ConfigMap> parts(PackedCode packed) {
    return IntStream.range(0, code.names().size())
        .mapToObj(i -> code.part(i, namespace, home, packed.bytes(code.hash())))
        .toList();
  }

  /** How the code comes to the steps, in words; a Job that somebody wrote is given none. */
  public Optional<String> wayOfCode() {
    if (setting.isWritten()) {
      return Optional.empty();
    }
    return Optional.of(
        setting.inPlace()
            ? "The code is used where it lies: steps mount its volume."
            : "The code is packed and unpacked by the steps; "
                + (claim().isPresent()
                    ? "steps of one run share a directory."
                    : "each has a directory of its own."));
  }

  /** Values of secrets that came with the command, by variable; those of the cluster stay there. */
  static Map<String, String> given(Plan plan) {
    return new TreeMap<>(GivenSecrets.of(plan));
  }

  public Optional<Secret> secret() {
    var given = given(plan);
    return given.isEmpty()
        ? Optional.empty()
        : Optional.of(OwnSecret.of(secretName(), namespace, Labels.of(home, plan.id()), given));
  }

  private String secretName() {
    return ObjectNames.of(plan.id(), "given");
  }

  /**
   * Steps that come one after another hand files on, a second attempt may go on from what the first
   * left, and what `requirements` name is installed once. Steps side by side need no volume that
   * holds them all on one node.
   */
  private boolean needsFiles() {
    var steps = plan.workflow().allSteps();
    boolean isMany =
        steps.size() > 1 || steps.stream().anyMatch(step -> step.foreach().isPresent());
    boolean isInstalled =
        steps.stream().anyMatch(step -> step.surroundings().requirements().isPresent());
    return !setting.inPlace()
        && (order.isAny()
            || isMany && isInstalled
            || steps.stream().anyMatch(step -> step.retries().limit() > 0));
  }

  /** What steps hand files on by, where they do. */
  public Optional<PersistentVolumeClaim> claim() {
    var meta =
        new ObjectMetaBuilder()
            .withName(ObjectNames.of(plan.id(), FILES))
            .withNamespace(namespace)
            .withLabels(Labels.of(home, plan.id()))
            .build();
    return needsFiles() ? Optional.of(claim(meta)) : Optional.empty();
  }

  private PersistentVolumeClaim claim(ObjectMeta meta) {
    return new PersistentVolumeClaimBuilder()
        .withMetadata(meta)
        .withNewSpec()
        .withAccessModes(access())
        .withStorageClassName(plan.setting().get(RunSettings.STORAGE))
        .withNewResources()
        .addToRequests("storage", new Quantity(CLAIM_SIZE))
        .endResources()
        .endSpec()
        .build();
  }

  private String access() {
    return plan.setting().getOrDefault(RunSettings.ACCESS, ONE_NODE);
  }

  private boolean isOfOneNode() {
    return access().equals(ONE_NODE);
  }

  /**
   * The rights without which the run cannot be made or followed.
   *
   * @param steps those on what its steps are
   * @param hasTokens whether each attempt is given a Secret of its own
   */
  public List<Right> rights(Right steps, boolean hasTokens) {
    var all = new ArrayList<>(List.of(OBJECTS, steps, PODS, LOGS));
    if (hasTokens || !given(plan).isEmpty()) {
      all.add(SECRETS);
    }
    if (needsFiles() || checkpoints().isPresent()) {
      all.add(CLAIMS);
    }
    return all;
  }

  /** What an attempt's Pod finds of these objects. */
  public RunFilesInCluster files() {
    var claim = claim();
    return new RunFilesInCluster(
        setting.inPlace() ? List.of() : code.names(),
        claim.map(one -> one.getMetadata().getName()),
        claim.isPresent() && isOfOneNode(),
        isFetched(plan),
        false,
        secretName(),
        Set.copyOf(given(plan).keySet()),
        Optional.ofNullable(plan.setting().get(RunSettings.GROUP))
            .filter(_ -> claim.isPresent() || checkpoints().isPresent())
            .map(Long::valueOf),
        checkpoints());
  }

  /** The Job of one attempt; it is not owned yet. */
  Job job(AttemptSpec attempt) {
    return job(attempt, false);
  }

  /**
   * The same.
   *
   * @param isClaimNew whether nothing is on the run's claim, whatever came before the step
   */
  Job job(AttemptSpec attempt, boolean isClaimNew) {
    var labels = Labels.of(home, attempt.id());
    boolean isThere = !isClaimNew && order.isAfterAnother(attempt.id());
    var pod = StepPod.of(setting, isThere ? files().withCodeThere() : files(), attempt, labels);
    var own = new LinkedHashMap<>(labels);
    KueueQueues.of(plan, setting).ifPresent(queue -> own.put(KueueQueues.LABEL, queue));
    return StepJob.of(attempt.id(), namespace, own, pod);
  }

  /**
   * All objects but the Jobs and {@link #parts}, as they are shown: of a Secret only the names of
   * what is in it.
   */
  public List<HasMetadata> shown() {
    var all = new ArrayList<HasMetadata>();
    all.add(owner());
    secret().map(OwnSecret::hidden).ifPresent(all::add);
    claim().ifPresent(all::add);
    checkpoints().ifPresent(shared -> all.addAll(List.of(keeper(shared), claim(shared))));
    return all;
  }
}
