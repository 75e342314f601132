package ferry.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.engine.Preview;
import ferry.run.Outcome;
import ferry.run.RunId;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A step's script, run by the shells that images have. */
@ParameterizedClass
@ValueSource(strings = {"bash", "dash", "busybox sh"})
class OutputGuardTest {
  private static final String REFUSED =
      "; it was not kept, for values are stored and shown: put out a name or a path, and let the"
          + " step that needs the secret take it itself, under `secrets`";

  private final List<String> shell;
  private final Map<String, String> environment = new LinkedHashMap<>();

  @TempDir Path directory;
  private Path kept;

  OutputGuardTest(String shell) {
    this.shell = List.of(shell.split(" "));
  }

  @BeforeEach
  void begin() throws IOException {
    assumeTrue(
        List.of("/bin", "/usr/bin").stream()
            .anyMatch(bin -> Files.exists(Path.of(bin, shell.getFirst()))),
        "skipped: there is no " + shell.getFirst() + " here");
    kept = Files.createFile(directory.resolve("kept"));
    environment.put("TOKEN", "hunter2hunter2");
    environment.put("PIN", "123");
    environment.put("KEY", "-----BEGIN-----\nMIIE \"q\" a\\b\nab\n");
    environment.put("FERRY_OUTPUT", kept.toString());
    environment.put("FERRY_CHECKPOINT_DIR", directory + "/checkpoints");
  }

  private String reason(String script) throws Exception {
    return switch (outcome(script, "KEY", "PIN", "TOKEN")) {
      case Outcome.Failed failed -> failed.reason();
      case Outcome.Succeeded succeeded -> "succeeded with " + succeeded.values();
      case Outcome other -> other.toString();
    };
  }

  private Outcome outcome(String script, String... secrets) throws Exception {
    return outcome(script, new OutputGuard(List.of(secrets), List.of()));
  }

  private Outcome outcome(String script, OutputGuard guard) throws Exception {
    var attempt = Preview.of(plan(Step.of("train", script))).getFirst();
    var words = script(attempt, guard).words(false);
    var command = new ArrayList<>(shell);
    words.subList(1, words.size()).forEach(word -> command.add(word.replace("$$", "$")));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile());
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    var message = Files.readString(kept, UTF_8);
    var ended = new PodView.Ended(OptionalInt.of(code), Instant.EPOCH, "Error", message, false);
    var log = new LogWords(directory.resolve("log"));
    return new StepEnd(attempt, new PodBuilder().build(), ended, log).outcome();
  }

  private static StepScript script(AttemptSpec attempt, OutputGuard guard) {
    return new StepScript(attempt, StepScript.CodeSource.IN_PLACE, guard);
  }

  private static Plan plan(Step step) {
    return new Plan(
        new RunId("digits-x7k2p"),
        Workflow.of("digits", step),
        "kubernetes",
        new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
        new Origin(Origin.Kind.ONE_LINER, "train", Optional.empty(), Optional.empty()),
        Code.UNKNOWN,
        "digest",
        Instant.EPOCH,
        Map.of());
  }

  @Test
  void whatHoldsNoSecretIsKept() throws Exception {
    assertThat(reason("echo 'a=1 \"2\" \\ $TOKEN * 123 BEGIN ab' >> \"$FERRY_OUTPUT\""))
        .isEqualTo("succeeded with {a=1 \"2\" \\ $TOKEN * 123 BEGIN ab}");
  }

  @Test
  void aValueIsFoundWhereverItStands() throws Exception {
    assertThat(reason("echo n=1 >$FERRY_OUTPUT; echo db=me:$TOKEN@here >>$FERRY_OUTPUT"))
        .isEqualTo("`db` in $FERRY_OUTPUT holds the value of the secret `TOKEN`" + REFUSED);
    assertThat(kept).hasContent("ferry: secret TOKEN db");
  }

  @Test
  void aNameThatHoldsASecretIsNotSaid() throws Exception {
    var unnamed = "what it put out holds the value of the secret `TOKEN`" + REFUSED;
    assertThat(reason("echo $TOKEN >$FERRY_OUTPUT")).isEqualTo(unnamed);
    assertThat(reason("echo x$TOKEN=$TOKEN >$FERRY_OUTPUT")).isEqualTo(unnamed);
  }

  @Test
  void howAValueIsQuotedDoesNotMatter() throws Exception {
    var found = "`key` in $FERRY_OUTPUT holds the value of the secret `KEY`" + REFUSED;
    assertThat(reason("printf 'key=%s\\n' \"$KEY\" >$FERRY_OUTPUT")).isEqualTo(found);
    assertThat(reason("echo key=$KEY >$FERRY_OUTPUT")).isEqualTo(found);
    assertThat(reason("echo 'key=MIIE \\\"q\\\" a\\\\b' >$FERRY_OUTPUT")).isEqualTo(found);
  }

  @Test
  void aValueOfSignsAloneIsFound() throws Exception {
    environment.put("TOKEN", "\"'\\\"");
    assertThat(reason("printf 'x=%s\\n' \"$TOKEN\" >$FERRY_OUTPUT"))
        .startsWith("`x` in $FERRY_OUTPUT holds the value of the secret `TOKEN`;");
  }

  @Test
  void nothingIsKeptOfACommandThatFailedAndPutOutASecret() throws Exception {
    assertThat(reason("echo x=$TOKEN >$FERRY_OUTPUT; echo oh >&2; exit 3"))
        .isEqualTo("exit status 3");
    assertThat(kept).isEmptyFile();
  }

  @Test
  void whileTheCommandRunsNothingIsWhereTheClusterWouldKeepIt() throws Exception {
    assertThat(reason("echo x=$TOKEN >$FERRY_OUTPUT; wc -c <" + kept + "; >$FERRY_OUTPUT"))
        .isEqualTo("succeeded with {}");
    assertThat(Files.readString(directory.resolve("log"))).startsWith("0\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo x=1 >$FERRY_OUTPUT",
        "echo x=$TOKEN >$FERRY_OUTPUT",
        "echo x=$TOKEN >$FERRY_OUTPUT; exit 3"
      })
  void itIsNotLeftWhereItWasMeanwhile(String put) throws Exception {
    reason("echo $FERRY_OUTPUT; " + put);

    var meanwhile = Files.readAllLines(directory.resolve("log")).getFirst();
    assertThat(meanwhile).contains("/ferry-output-");
    assertThat(Path.of(meanwhile)).doesNotExist();
  }

  @Test
  void howMuchWasPutOutIsSaidAsItWas() throws Exception {
    var tooMuch =
        "the step put out 5003 bytes of values, and at most 4000 are taken; write large results to"
            + " a file and put out its name";
    var script = "printf 'x=%05000d\\n' 7 >$FERRY_OUTPUT";
    assertThat(reason(script)).isEqualTo(tooMuch);
    assertThat(outcome(script)).isEqualTo(failed(tooMuch));
  }

  private static Outcome failed(String reason) {
    return new Outcome.Failed(Outcome.Cause.OUTPUT, OptionalInt.of(0), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "token, from-a-file",
    ".dockerconfigjson, from-a-hidden-one",
    "single, from-a-single-file",
  })
  void aValueThatIsMountedIsFoundByTheNameOfItsFile(String name, String value) throws Exception {
    var outcome = (Outcome.Failed) outcome("echo x=" + value + " >$FERRY_OUTPUT", mounted());

    assertThat(outcome.reason())
        .isEqualTo("`x` in $FERRY_OUTPUT holds the value of the secret `" + name + "`" + REFUSED);
  }

  @Test
  void whatIsTooLargeForASecretIsNotLookedFor() throws Exception {
    assertThat(outcome("echo x=certificate >$FERRY_OUTPUT", mounted()))
        .isInstanceOf(Outcome.Succeeded.class);
  }

  private OutputGuard mounted() throws IOException {
    var mount = Files.createDirectories(directory.resolve("it's mounted"));
    Files.createDirectory(mount.resolve("..data"));
    Files.writeString(mount.resolve("token"), "from-a-file\n");
    Files.writeString(mount.resolve(".dockerconfigjson"), "from-a-hidden-one");
    Files.writeString(mount.resolve("bundle"), "certificate\n".repeat(10_000));
    var single = Files.writeString(directory.resolve("single"), "from-a-single-file");
    return new OutputGuard(List.of(), List.of("/not/there", mount.toString(), single.toString()));
  }

  @Test
  void secretsOfTheNotebookAreGuardedToo() {
    var step = notebook();
    var pod =
        new PodSpecBuilder()
            .addNewVolume()
            .withName("home")
            .withNewEmptyDir()
            .endEmptyDir()
            .endVolume()
            .addNewVolume()
            .withName("keys")
            .withNewSecret()
            .withSecretName("keys")
            .endSecret()
            .endVolume();

    OutputGuard.mountBeside(pod, step);
    var guard = OutputGuard.of(step.build(), pod.buildVolumes());

    assertThat(guard.secrets()).containsExactly("WAREHOUSE_TOKEN");
    assertThat(guard.paths()).containsExactly("/etc/keys", "/ferry/secrets/registry");
    assertThat(pod.buildVolume(2).getSecret().getOptional()).isTrue();
  }

  private static ContainerBuilder notebook() {
    return new ContainerBuilder()
        .addToEnv(new EnvVar("PLAIN", "hello", null))
        .addToEnv(ofSecret("not.a-name"), ofSecret("WAREHOUSE_TOKEN"))
        .addNewEnv()
        .withName("NODE")
        .withNewValueFrom()
        .withNewFieldRef("v1", "spec.nodeName")
        .endValueFrom()
        .endEnv()
        .addNewEnvFrom()
        .withNewConfigMapRef("plain", false)
        .endEnvFrom()
        .addNewEnvFrom()
        .withNewSecretRef("registry", true)
        .endEnvFrom()
        .addNewVolumeMount()
        .withName("home")
        .withMountPath("/home/ada")
        .endVolumeMount()
        .addNewVolumeMount()
        .withName("keys")
        .withMountPath("/etc/keys")
        .endVolumeMount();
  }

  private static EnvVar ofSecret(String name) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewSecretKeyRef("key", "warehouse", false)
        .endValueFrom()
        .build();
  }
}
