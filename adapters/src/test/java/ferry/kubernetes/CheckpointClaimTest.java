package ferry.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Checkpoints;
import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.engine.Preview;
import ferry.run.RunId;
import ferry.workflow.Step;
import ferry.workflow.StepVariables;
import ferry.workflow.Surroundings;
import ferry.workflow.Workflow;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointClaimTest {
  private static final Map<String, String> SHARED = Checkpoints.shared(Map.of(), "digits-x7k2p");

  @TempDir Path claim;

  @Test
  void trialsOfOneExperimentMountOneClaimThatItsOwnObjectKeeps() {
    var run = run(SHARED, PodSetting.ofImage("python:3"));

    assertThat(run.shown())
        .extracting(object -> object.getKind() + " " + object.getMetadata().getName())
        .containsExactly(
            "ConfigMap digits-x7k2p-4-run",
            "ConfigMap digits-x7k2p-experiment",
            "PersistentVolumeClaim digits-x7k2p-checkpoints");
    assertThat(run.shown().subList(1, 3))
        .extracting(HasMetadata::getMetadata)
        .allSatisfy(meta ->
            assertThat(meta.getLabels())
                .containsEntry("ferry.dev/experiment", "digits-x7k2p")
                .containsEntry("ferry.dev/home", "home")
                .doesNotContainKey("ferry.dev/run"));
  }

  @Test
  void aTrialsCheckpointsLieOnItInADirectoryOfItsOwn() {
    var pod = pod(run(SHARED, PodSetting.ofImage("python:3")));

    assertThat(variables(pod))
        .containsEntry("FERRY_CHECKPOINT_DIR", "/ferry/checkpoints/digits-x7k2p-4/train");
    assertThat(mounts(pod)).contains("/ferry/checkpoints");
    assertThat(pod.getMetadata().getLabels()).containsEntry("ferry.dev/experiment", "digits-x7k2p");
  }

  @Test
  void whereOneNodeMayMountItAllTrialsAreOnThatNode() {
    var one = pod(run(SHARED, PodSetting.ofImage("python:3")));
    var many =
        pod(
            run(
                Checkpoints.shared(Map.of("access", "ReadWriteMany"), "digits-x7k2p"),
                PodSetting.ofImage("python:3")));

    assertThat(one.getSpec().getAffinity().getPodAffinity().toString())
        .contains("ferry.dev/experiment=digits-x7k2p");
    assertThat(many.getSpec().getAffinity()).isNull();
  }

  @Test
  void noClaimIsMadeWhereTheCodeLiesOnAVolumeThatAllHave() {
    var image = PodSetting.ofImage("python:3");
    var inPlace =
        new PodSetting(image.pod(), Map.of(), Optional.of("/home/ada"), true, List.of(), List.of());

    assertThat(run(SHARED, inPlace).shown()).hasSize(1);
    assertThat(run(Map.of(), image).shown()).hasSize(1);
  }

  @Test
  void whoGoesOnFindsACopyOfWhatWasSaved() throws Exception {
    Files.createDirectories(claim.resolve("digits-x7k2p-1/train/deep"));
    Files.writeString(claim.resolve("digits-x7k2p-1/train/deep/epoch"), "7");

    assertThat(
            said("cat $FERRY_CHECKPOINT_DIR/deep/epoch; echo 8 >$FERRY_CHECKPOINT_DIR/deep/epoch"))
        .isEqualTo("7");
    assertThat(claim.resolve("digits-x7k2p-1/train/deep/epoch")).hasContent("7");
    assertThat(said("cat $FERRY_CHECKPOINT_DIR/deep/epoch")).isEqualTo("8\n");
    assertThat(said("echo ${FERRY_CHECKPOINT_OF-unset}")).isEqualTo("unset\n");
  }

  @Test
  void whereNothingWasSavedItBeginsAnewAndSaysSo() throws Exception {
    assertThat(said("ls -A $FERRY_CHECKPOINT_DIR"))
        .isEqualTo("ferry: digits-x7k2p-1 saved no checkpoint: this begins anew\n");
  }

  /** What a step says that goes on from the first trial, its claim being a directory here. */
  private String said(String script) throws IOException, InterruptedException {
    var words = script(attempt(script)).words(false);
    var process =
        new ProcessBuilder(words.stream().map(word -> word.replace("$$", "$")).toList())
            .redirectErrorStream(true);
    process
        .environment()
        .putAll(
            Map.of(
                StepVariables.CHECKPOINT_OF,
                "digits-x7k2p-1",
                "FERRY_CHECKPOINT_DIR",
                claim + "/digits-x7k2p-4/train"));
    var running = process.start();
    var said = new String(running.getInputStream().readAllBytes(), UTF_8);
    assertThat(running.waitFor()).isZero();
    return said;
  }

  private static StepScript script(AttemptSpec attempt) {
    var guard = new OutputGuard(List.of(), List.of());
    return new StepScript(attempt, StepScript.CodeSource.IN_PLACE, guard);
  }

  private static AttemptSpec attempt(String script) {
    return Preview.of(plan(SHARED, script)).getFirst();
  }

  private static Plan plan(Map<String, String> setting, String script) {
    var env = Map.of(StepVariables.CHECKPOINT_OF, "digits-x7k2p-1");
    var step =
        Step.of("train", script)
            .but()
            .surroundings(new Surroundings(env, Map.of(), Optional.empty()))
            .build();
    return new Plan(
        new RunId("digits-x7k2p-4"),
        Workflow.of("digits", step),
        "kubernetes",
        new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
        new Origin(Origin.Kind.TRIAL, script, Optional.empty(), Optional.empty()),
        Code.UNKNOWN,
        "digest",
        Instant.EPOCH,
        setting);
  }

  private static RunInCluster run(Map<String, String> setting, PodSetting pod) {
    return new RunInCluster(plan(setting, "true"), "home", "research", pod, CodeParts.NONE);
  }

  private static PodTemplateSpec pod(RunInCluster run) {
    return run.job(attempt("true")).getSpec().getTemplate();
  }

  private static Map<String, String> variables(PodTemplateSpec pod) {
    return pod.getSpec().getContainers().getFirst().getEnv().stream()
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  private static List<String> mounts(PodTemplateSpec pod) {
    return pod.getSpec().getContainers().getFirst().getVolumeMounts().stream()
        .map(VolumeMount::getMountPath)
        .toList();
  }
}
