package ferry.kubernetes.argo;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.cron.CronTimes;
import ferry.format.WorkflowFiles;
import ferry.kubernetes.PodSetting;
import ferry.kubernetes.RunFilesInCluster;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.submission.RequestReader;
import ferry.submission.RunRequest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Workflows of texts, without any cluster. */
final class ArgoTexts {
  private static final RunFilesInCluster FILES =
      new RunFilesInCluster(
          List.of("ferry-code-0"), Optional.of("run-files"), true, "run-given", Set.of("TOKEN"));

  private ArgoTexts() {}

  static Plan plan(String yaml, PodSetting setting, Map<String, String> more) {
    var place = new Place("/work", Map.of(), "ada {{x}}", "here");
    var request =
        new RunRequest(
            "x7k2p",
            Origin.Kind.FILE,
            yaml,
            Optional.of("ferry.yaml"),
            List.of(),
            Optional.empty(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            place);
    var reading =
        new RequestReader(new WorkflowFiles(new CronTimes(), ZoneOffset.UTC)).read(request);
    var all = new java.util.TreeMap<>(more);
    all.put("pod", setting.json());
    return new Plan(
        RunId.of(reading.workflow().name(), "x7k2p"),
        reading.workflow(),
        ArgoLauncher.NAME,
        place,
        reading.origin(),
        Code.UNKNOWN,
        "digest",
        Instant.EPOCH,
        all);
  }

  static GenericKubernetesResource workflow(Plan plan, ArgoVersion version) {
    var tasks = Tasks.of(plan, RunState.of(plan.workflow()));
    return new WorkflowText(plan, tasks, version, "home", "research", FILES).workflow();
  }

  static Map<String, Object> tree(String yaml) {
    var plan = plan(yaml, PodSetting.ofImage("python:3"), Map.of());
    return TaskPod.tree(workflow(plan, ArgoVersion.UNKNOWN));
  }
}
