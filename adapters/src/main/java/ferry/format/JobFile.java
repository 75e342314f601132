package ferry.format;

import ferry.backend.PodKeys;
import ferry.search.space.Json;
import ferry.workflow.Command;
import ferry.workflow.Names;
import ferry.workflow.Retries;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import ferry.workflow.WorkflowReader.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A plain Kubernetes Job: one step, in the Pod that its template describes, run as it is. */
final class JobFile {
  static final String FORMAT = "a Kubernetes Job";

  private static final String KUBERNETES = "kubernetes";

  /** What Kubernetes does where a Job does not say. */
  private static final long USUAL_RETRIES = 6;

  private static final long MOST_RETRIES = 100;
  private static final Duration BACKOFF = Duration.ofSeconds(10);

  private final Foreign job;
  private final List<String> warnings;
  private boolean isOwnProgram;

  private JobFile(Foreign job, List<String> warnings) {
    this.job = job;
    this.warnings = warnings;
  }

  static boolean isOne(Node.Mapping root) {
    return root.value("kind")
        .filter(kind -> kind instanceof Node.Scalar scalar && scalar.text().equals("Job"))
        .isPresent();
  }

  static Reading read(Source source, Node.Mapping root) {
    var warnings = new ArrayList<String>();
    return new JobFile(new Foreign(source, root, "", warnings), warnings)
        .read(WorkflowFiles.nameFor(source));
  }

  private Reading read(String fallback) {
    var version = job.neededText("apiVersion");
    if (!version.equals("batch/v1")) {
      throw job.bad("apiVersion", "`" + version + "`", "`batch/v1`");
    }
    job.text("kind");
    var metadata = job.inner("metadata");
    var name = metadata.flatMap(found -> found.text("name")).orElse(fallback);
    var spec = job.neededInner("spec", "what the Job runs");
    var template = spec.neededInner("template");
    var step = step(name, spec, template.neededInner("spec"));
    var setting = new LinkedHashMap<String, String>();
    setting.put(PodKeys.TEMPLATE, Json.write(ForeignValue.tree(template.mapping())));
    if (isOwnProgram) {
      setting.put(PodKeys.OWN_PROGRAM, "true");
    }
    metadata
        .flatMap(found -> found.inner("labels"))
        .flatMap(labels -> labels.text("kueue.x-k8s.io/queue-name"))
        .ifPresent(queue -> setting.put("queue", queue));
    job.rest("status");
    return new Reading(
        Workflow.of(Names.from(name, fallback), step),
        FORMAT,
        warnings,
        Optional.of(KUBERNETES),
        setting);
  }

  private Step step(String name, Foreign spec, Foreign pod) {
    one(spec, "completions");
    one(spec, "parallelism");
    long retries = spec.number("backoffLimit", 0).orElse(USUAL_RETRIES);
    if (retries > MOST_RETRIES) {
      throw spec.bad("backoffLimit", Long.toString(retries), "0 to " + MOST_RETRIES);
    }
    var step =
        Step.named(Names.from(name, "job"), new Command.Exec(argv(pod)))
            .retries(new Retries((int) retries, BACKOFF));
    spec.number("activeDeadlineSeconds", 1)
        .ifPresent(seconds -> step.timeout(Duration.ofSeconds(seconds)));
    spec.rest("ttlSecondsAfterFinished", "completionMode", "selector", "manualSelector", "suspend");
    return step.build();
  }

  private static void one(Foreign spec, String key) {
    long number = spec.number(key, 0).orElse(1);
    if (number != 1) {
      throw spec.bad(
          key, Long.toString(number), "1", "several steps are a `foreach` in ferry.yaml");
    }
  }

  /** What it runs; of an image's own program the arguments. */
  private List<String> argv(Foreign pod) {
    var containers = pod.inners("containers");
    if (containers.size() != 1) {
      throw pod.bad("containers", containers.size() + " of them", "one container");
    }
    var container = containers.getFirst();
    container.neededText("image");
    var argv = new ArrayList<String>();
    argv.addAll(container.texts("command"));
    isOwnProgram = argv.isEmpty();
    argv.addAll(container.texts("args"));
    if (argv.isEmpty()) {
      throw container.error(
          new ferry.error.FileError.MissingKey(
              "the container",
              "command",
              List.of("what the image would run by itself is not known here: write it down")),
          container.mapping());
    }
    return argv;
  }
}
