package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.engine.Preview;
import ferry.kubernetes.StepScript.CodeSource;
import ferry.run.RunId;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepPodTest {
  private static final RunFilesInCluster FILES =
      new RunFilesInCluster(
          List.of("digits-x7k2p-code"), Optional.empty(), false, "digits-x7k2p", Set.of());

  @Test
  void aUserWhoIsNotRootMayWriteToTheVolumeOfTheCode() {
    assertThat(group(null, user(1000, null))).isEqualTo(1000L);
    assertThat(group(null, user(1000, 100L))).isEqualTo(100L);
    assertThat(group(new PodSecurityContextBuilder().withRunAsUser(1000L).build(), null))
        .isEqualTo(1000L);
  }

  @Test
  void aGroupThatIsNamedStaysAndRootNeedsNone() {
    assertThat(group(new PodSecurityContextBuilder().withFsGroup(50L).build(), user(1000, null)))
        .isEqualTo(50L);
    assertThat(group(null, user(0, null))).isNull();
    assertThat(group(null, null)).isNull();
  }

  @Test
  void thatTheCodeCannotBeWrittenIsSaidWithTheWayOut(@TempDir Path directory) throws Exception {
    var words =
        new StepScript(attempt(), CodeSource.UNPACKED, new OutputGuard(List.of(), List.of()))
            .words(false);
    var unwritable = words.get(2).replace("$$", "$").replace("[ -w . ]", "[ -w /not/there ]");
    var log = directory.resolve("log");
    var step =
        new ProcessBuilder("sh", "-c", unwritable, "step", "true")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();

    assertThat(step.waitFor()).isEqualTo(126);
    assertThat(Files.readString(log))
        .matches(
            "ferry: user \\d+ cannot write to "
                + directory
                + ", where the code goes: its volume needs that user's group, `fsGroup` in the"
                + " Pod's `securityContext`\n");
  }

  private static SecurityContext user(long id, Long group) {
    return new SecurityContextBuilder().withRunAsUser(id).withRunAsGroup(group).build();
  }

  private static Long group(PodSecurityContext ofPod, SecurityContext ofStep) {
    var image = PodSetting.ofImage("python:3.12");
    var pod =
        new PodSpecBuilder(image.pod())
            .withSecurityContext(ofPod)
            .editFirstContainer()
            .withSecurityContext(ofStep)
            .endContainer()
            .build();
    var setting = new PodSetting(pod, Map.of(), Optional.empty(), false, List.of());
    var made = StepPod.of(setting, FILES, attempt(), Map.of()).getSpec().getSecurityContext();
    return made == null ? null : made.getFsGroup();
  }

  private static AttemptSpec attempt() {
    return Preview.of(
            new Plan(
                new RunId("digits-x7k2p"),
                Workflow.of("digits", Step.of("train", "python train.py")),
                "kubernetes",
                new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
                new Origin(Origin.Kind.FILE, "ferry.yaml", Optional.empty(), Optional.empty()),
                Code.UNKNOWN,
                "digest",
                Instant.EPOCH,
                Map.of()))
        .getFirst();
  }
}
