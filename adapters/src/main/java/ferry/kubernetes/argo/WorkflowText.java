package ferry.kubernetes.argo;

import ferry.backend.Plan;
import ferry.kubernetes.Fired;
import ferry.kubernetes.Labels;
import ferry.kubernetes.ObjectNames;
import ferry.kubernetes.ObjectTree;
import ferry.kubernetes.PodSetting;
import ferry.kubernetes.RunFilesInCluster;
import ferry.kubernetes.RunSettings;
import ferry.workflow.DurationText;
import ferry.workflow.Retries;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Workflow of a run, or of what is left of it. */
final class WorkflowText {
  static final String VERSION = "argoproj.io/v1alpha1";
  static final String KIND = "Workflow";

  /** What was asked of the run since it began; Argo's exit handler reads it. */
  static final String ASKED = "ferry.dev/asked";

  /** Long enough that whoever looks after the run is back before it goes. */
  static final long KEPT_SECONDS = 7 * 86_400L;

  private static final int LONGEST_COMMAND = 1_000;
  private static final String LONGEST_BACKOFF = "1h";

  private final Plan plan;
  private final Tasks tasks;
  private final ArgoVersion version;
  private final StepOutputs outputs;
  private final TaskPod pods;
  private final String home;
  private final String namespace;
  private final PodSetting setting;

  WorkflowText(
      Plan plan,
      Tasks tasks,
      ArgoVersion version,
      String home,
      String namespace,
      RunFilesInCluster files) {
    this.plan = plan;
    this.tasks = tasks;
    this.version = version;
    this.home = home;
    this.namespace = namespace;
    this.setting = PodSetting.read(plan.setting().getOrDefault(RunSettings.POD, ""));
    this.outputs = new StepOutputs(tasks);
    this.pods = new TaskPod(plan, setting, files, home, tasks);
  }

  /** The name of a run's Workflow: the run's own, and for what was left of it another each time. */
  static String name(Plan plan, int retried) {
    return retried == 0
        ? Fired.object(plan).orElse(plan.id().value())
        : ObjectNames.of(plan.id(), "retry-" + retried);
  }

  GenericKubernetesResource workflow() {
    var workflow = new GenericKubernetesResource();
    workflow.setApiVersion(VERSION);
    workflow.setKind(KIND);
    workflow.setMetadata(
        new ObjectMetaBuilder()
            .withName(name(plan, tasks.state().retried()))
            .withNamespace(namespace)
            .withLabels(Labels.of(home, plan.id()))
            .withAnnotations(annotations())
            .build());
    workflow.setAdditionalProperties(new LinkedHashMap<>(Map.of("spec", spec())));
    return workflow;
  }

  private Map<String, String> annotations() {
    var all = new LinkedHashMap<String, String>();
    all.put(ASKED, "run");
    all.put("ferry.dev/workflow", plain(plan.workflow().name()));
    all.put("ferry.dev/command", plain(plan.origin().text()));
    all.put("ferry.dev/by", plain(plan.place().user()));
    return all;
  }

  /** Argo puts a Workflow's annotations among its variables: no braces of ours in them. */
  private static String plain(String text) {
    var shown = text.length() <= LONGEST_COMMAND ? text : text.substring(0, LONGEST_COMMAND) + "…";
    return ArgoText.spaced(shown);
  }

  /** What the whole run is to Argo; a schedule has the same. */
  Map<String, Object> spec() {
    var spec = new LinkedHashMap<String, Object>();
    spec.put("entrypoint", Tasks.STEPS);
    var last = tasks.all().stream().filter(tasks::isFinally).toList();
    if (!last.isEmpty()) {
      spec.put("onExit", Tasks.FINALLY);
    }
    spec.put("ttlStrategy", Map.of("secondsAfterCompletion", KEPT_SECONDS));
    spec.putAll(pods.shared());
    var templates = new ArrayList<Object>();
    templates.add(
        dag(Tasks.STEPS, tasks.all().stream().filter(one -> !tasks.isFinally(one)).toList()));
    if (!last.isEmpty()) {
      templates.add(dag(Tasks.FINALLY, last));
    }
    tasks.all().forEach(task -> templates.add(template(task)));
    spec.put("templates", templates);
    return spec;
  }

  private Map<String, Object> dag(String name, List<Task> some) {
    var dag = new LinkedHashMap<String, Object>();
    dag.put("failFast", false);
    dag.put("tasks", some.stream().map(this::task).toList());
    return ObjectTree.of("name", name, "dag", dag);
  }

  private Map<String, Object> task(Task task) {
    var all = new LinkedHashMap<String, Object>();
    all.put("name", task.name());
    all.put("template", task.name());
    tasks.depends(task).ifPresent(depends -> all.put("depends", depends));
    task.list().ifPresent(list -> all.put("withParam", outputs.list(list)));
    task.step()
        .when()
        .ifPresent(when ->
            all.put(
                "when",
                ArgoCondition.of(
                    when,
                    name -> tasks.state().value(task.stepRun(), name),
                    name -> outputs.expression(task, name))));
    var parameters = new ArrayList<Object>();
    inputs(task)
        .forEach((parameter, name) ->
            parameters.add(
                ObjectTree.of("name", parameter, "value", outputs.argument(task, name))));
    if (!parameters.isEmpty()) {
      all.put("arguments", Map.of("parameters", parameters));
    }
    return all;
  }

  /** The names of values that come from elsewhere, by parameter. */
  static Map<String, String> inputs(Task task) {
    var all = new LinkedHashMap<String, String>();
    task.outline().awaited().values().forEach(name -> all.put("p" + all.size(), name));
    return all;
  }

  private Map<String, Object> template(Task task) {
    var all = new LinkedHashMap<String, Object>();
    all.put("name", task.name());
    var put = outputs.of(task.step().name());
    var inputs = new ArrayList<Object>();
    inputs(task).keySet().forEach(parameter -> inputs.add(Map.of("name", parameter)));
    if (!inputs.isEmpty()) {
      all.put("inputs", Map.of("parameters", inputs));
    }
    all.putAll(pods.of(task, put));
    if (!put.isEmpty()) {
      all.put("outputs", Map.of("parameters", put.stream().map(one -> output(task, one)).toList()));
    }
    if (task.isRetried()) {
      all.put("retryStrategy", retries(task.step().retries()));
    }
    Optional.ofNullable(plan.setting().get(RunSettings.PENDING_TIMEOUT))
        .filter(_ -> version.hasPendingTimeout())
        .map(text -> DurationText.parse(RunSettings.PENDING_TIMEOUT, text))
        .ifPresent(wait -> all.put("pendingTimeout", wait.toSeconds() + "s"));
    return all;
  }

  private Map<String, Object> output(Task task, StepOutputs.Output output) {
    var all = new LinkedHashMap<String, Object>();
    all.put("name", output.parameter());
    if (task.list().isEmpty() && !tasks.isFinally(task)) {
      all.put("globalName", StepOutputs.global(task, output));
    }
    all.put(
        "valueFrom",
        ObjectTree.of(
            "path",
            ArgoScript.VALUES + "/" + output.parameter(),
            "default",
            ArgoScript.missing(output)));
    return all;
  }

  /** Whatever kept it from succeeding, as everywhere. */
  private Map<String, Object> retries(Retries retries) {
    var all = new LinkedHashMap<String, Object>();
    all.put("limit", Integer.toString(retries.limit()));
    all.put("retryPolicy", "Always");
    if (!retries.backoff().isZero()) {
      var backoff = new LinkedHashMap<String, Object>();
      backoff.put("duration", Math.max(1, retries.backoff().toSeconds()) + "s");
      backoff.put("factor", "2");
      if (version.hasBackoffCap()) {
        backoff.put("cap", LONGEST_BACKOFF);
      }
      all.put("backoff", backoff);
    }
    return all;
  }
}
