package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.engine.Preview;
import ferry.run.RunId;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may write to a claim that is made for a run. */
class VolumeGroupsTest {
  private static final ClusterAddress LAB = new ClusterAddress("config", "", "lab", "https://lab");
  private static final Map<String, String> GIVEN = Map.of(RunSettings.GROUP, VolumeGroups.USUAL);
  private static final Step PREPARE = Step.of("prepare", "python prepare.py");
  private static final Step TRAIN = Step.of("train", "python train.py", "prepare");

  @Test
  void whereOnlyTheImageKnowsTheUserAFixedGroupMayWriteToTheClaim() {
    var image = PodSetting.ofImage("jupyter/base-notebook");

    assertThat(group(image, GIVEN, PREPARE, TRAIN)).contains(1000L);
    assertThat(group(image, Map.of(), PREPARE, TRAIN)).isEmpty();
  }

  @Test
  void withoutAClaimNoGroupIsNamed() {
    assertThat(group(PodSetting.ofImage("jupyter/base-notebook"), GIVEN, PREPARE)).isEmpty();
  }

  @Test
  void whoeverIsNamedStays() {
    assertThat(group(as(new PodSecurityContextBuilder().withRunAsUser(0L)), GIVEN, PREPARE, TRAIN))
        .isEmpty();
    assertThat(group(as(new PodSecurityContextBuilder().withFsGroup(50L)), GIVEN, PREPARE, TRAIN))
        .contains(50L);
  }

  @Test
  void openShiftNamesItsOwn() throws Exception {
    try (var api = new FakeApi()) {
      assertThat(new VolumeGroups().of(LAB, _ -> api.client)).contains("1000");
      api.put("/apis/security.openshift.io", "{\"kind\": \"APIGroup\"}");
      assertThat(new VolumeGroups().of(LAB, _ -> api.client)).isEmpty();
    }
  }

  private static PodSetting as(PodSecurityContextBuilder security) {
    var image = PodSetting.ofImage("jupyter/base-notebook");
    var pod = new PodSpecBuilder(image.pod()).withSecurityContext(security.build()).build();
    return new PodSetting(pod, Map.of(), Optional.empty(), false, List.of());
  }

  private static Optional<Long> group(PodSetting pod, Map<String, String> setting, Step... steps) {
    var plan =
        new Plan(
            new RunId("digits-x7k2p"),
            Workflow.of("digits", steps),
            "kubernetes",
            new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
            new Origin(Origin.Kind.FILE, "ferry.yaml", Optional.empty(), Optional.empty()),
            Code.UNKNOWN,
            "digest",
            Instant.EPOCH,
            setting);
    var run = new RunInCluster(plan, "home", "lab", pod, CodeParts.NONE);
    var spec = run.job(Preview.of(plan).getFirst()).getSpec().getTemplate().getSpec();
    return Optional.ofNullable(spec.getSecurityContext()).map(one -> one.getFsGroup());
  }
}
