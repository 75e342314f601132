package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The objects that a run has in the cluster as a whole: one that owns all others, so that deleting
 * it deletes them, a Secret for values that came with the command, a claim for files that steps
 * hand on, and its code. What they are depends on the plan alone.
 */
public final class RunInCluster {
  private static final String CLAIM_SIZE = "10Gi";

  /** The setting that says how the code comes to the steps, and its one value. */
  static final String CODE = "code";

  static final String FETCHED = "fetched";

  private static final int LONGEST_COMMAND = 1_000;

  private final Plan plan;
  private final String home;
  private final String namespace;
  private final PodSetting setting;
  private final CodeParts code;

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
        .withAnnotations(Map.of(Labels.RUN, plan.id().value()))
        .endMetadata()
        .withData(data)
        .build();
  }

  CodeParts code() {
    return code;
  }

  /** Values of secrets that came with the command, by variable; those of the cluster stay there. */
  static Map<String, String> given(Plan plan) {
    var given = new TreeMap<String, String>();
    for (var step : plan.workflow().allSteps()) {
      step.surroundings()
          .secrets()
          .forEach((name, secret) ->
              plan.place()
                  .variable(name)
                  .or(() -> plan.place().variable(longName(secret.secret(), secret.key())))
                  .ifPresent(value -> given.put(name, value)));
    }
    return given;
  }

  private static String longName(String secret, String key) {
    return (secret + "_" + key).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  public Optional<Secret> secret() {
    var given = given(plan);
    return given.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SecretBuilder()
                .withNewMetadata()
                .withName(secretName())
                .withNamespace(namespace)
                .withLabels(Labels.of(home, plan.id()))
                .endMetadata()
                .withStringData(given)
                .build());
  }

  private String secretName() {
    return ObjectNames.of(plan.id(), "given");
  }

  /** Several steps hand files on, and a second attempt may go on from what the first left. */
  private boolean needsFiles() {
    var steps = plan.workflow().allSteps();
    return !setting.inPlace()
        && (steps.size() > 1
            || steps.stream().anyMatch(step -> step.foreach().isPresent())
            || steps.stream().anyMatch(step -> step.retries().limit() > 0));
  }

  /** What steps hand files on by, where they do. */
  public Optional<PersistentVolumeClaim> claim() {
    return needsFiles()
        ? Optional.of(
            new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(ObjectNames.of(plan.id(), "files"))
                .withNamespace(namespace)
                .withLabels(Labels.of(home, plan.id()))
                .endMetadata()
                .withNewSpec()
                .withAccessModes(plan.setting().getOrDefault("access", "ReadWriteOnce"))
                .withStorageClassName(plan.setting().get("storage"))
                .withNewResources()
                .addToRequests("storage", new Quantity(CLAIM_SIZE))
                .endResources()
                .endSpec()
                .build())
        : Optional.empty();
  }

  /** What an attempt's Pod finds of these objects. */
  public RunFilesInCluster files() {
    var claim = claim();
    return new RunFilesInCluster(
        setting.inPlace() ? List.of() : code.names(),
        claim.map(one -> one.getMetadata().getName()),
        claim.isPresent() && claim.get().getSpec().getAccessModes().contains("ReadWriteOnce"),
        FETCHED.equals(plan.setting().get(CODE)),
        secretName(),
        Set.copyOf(given(plan).keySet()));
  }

  /** The Job of one attempt; it is not owned yet. */
  Job job(AttemptSpec attempt) {
    var labels = Labels.of(home, attempt.id());
    var pod = StepPod.of(setting, files(), attempt, labels);
    return StepJob.of(attempt.id(), namespace, labels, pod);
  }

  /** All objects but the Jobs, as they are shown: of a Secret only the names of what is in it. */
  public List<HasMetadata> shown() {
    var all = new ArrayList<HasMetadata>();
    all.add(owner());
    secret()
        .ifPresent(secret -> {
          var hidden = new LinkedHashMap<String, String>();
          secret.getStringData().keySet().forEach(name -> hidden.put(name, "…"));
          all.add(new SecretBuilder(secret).withStringData(hidden).build());
        });
    claim().ifPresent(all::add);
    return all;
  }
}
