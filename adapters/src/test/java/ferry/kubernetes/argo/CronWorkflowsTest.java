package ferry.kubernetes.argo;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backends.TestCluster;
import ferry.kubernetes.CodeParts;
import ferry.kubernetes.PodSetting;
import ferry.kubernetes.RunInCluster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The CronWorkflow that is made of a schedule. */
class CronWorkflowsTest {
  private static final String NIGHTLY =
      """
      name: nightly
      steps:
        a: echo a > made
        b: {after: a, run: cat made}
      finally: {last: echo $FERRY_RUN_STATE}
      schedule: {cron: "0 3 * * *", timezone: Asia/Seoul}
      """;

  private static Map<String, Object> spec(ArgoVersion version) {
    var setting = PodSetting.ofImage("python:3");
    var plan = ArgoTexts.plan(NIGHTLY, setting, Map.of());
    var run = new RunInCluster(plan, "home", "research", setting, CodeParts.NONE);
    return new CronWorkflows("home", _ -> version)
        .spec(version, "research", plan, run, Map.of("ferry.dev/schedule", "nightly"));
  }

  @Test
  void everyFieldIsOneThatArgoKnows() {
    var schema =
        Schema.of(TestCluster.directory("FERRY_TEST_CRDS").resolve("argo/cronworkflows.yaml"));
    var object = new LinkedHashMap<String, Object>();
    object.put("apiVersion", WorkflowText.VERSION);
    object.put("kind", "CronWorkflow");
    object.put("metadata", Map.of("name", "nightly"));
    object.put("spec", spec(ArgoVersion.FOUR));

    assertThat(schema.faults(TaskPod.tree(object))).isEmpty();
  }

  @Test
  void eachGenerationHasItsOwnFieldForTheCronLine() {
    assertThat(spec(ArgoVersion.FOUR))
        .containsEntry("schedules", List.of("0 3 * * *"))
        .containsEntry("timezone", "Asia/Seoul")
        .doesNotContainKey("schedule");
    assertThat(spec(ArgoVersion.THREE))
        .containsEntry("schedule", "0 3 * * *")
        .containsEntry("timezone", "Asia/Seoul")
        .doesNotContainKey("schedules");
  }

  @Test
  void eachFiringHasAClaimOfItsOwn() {
    var workflow = TaskPod.tree(spec(ArgoVersion.FOUR)).get("workflowSpec");

    assertThat(workflow)
        .extracting("volumeClaimTemplates")
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(1);
    assertThat(workflow.toString())
        .doesNotContain("claimName")
        .contains("{name=FERRY_RUN, value={{workflow.name}}}");
  }
}
