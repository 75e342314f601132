package ferry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.workflow.Command;
import ferry.workflow.SecretRef;
import ferry.workflow.Step;
import ferry.workflow.StepFiles;
import ferry.workflow.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found out before a run is taken on. */
class SuitabilityTest {
  private static final SecretRef SECRET = new SecretRef("warehouse", "password");

  @TempDir Path place;
  LocalPlace local;

  @BeforeEach
  void open() throws IOException {
    local = new LocalPlace(place);
  }

  @AfterEach
  void close() throws IOException {
    local.close();
  }

  private static Step.Builder step(String name) {
    return Step.named(name, new Command.Shell("true"));
  }

  private static Step secret() {
    return step("load")
        .surroundings(new Surroundings(Map.of(), Map.of("DB_PASSWORD", SECRET), Optional.empty()))
        .build();
  }

  private static Step requiring(String file) {
    return step("train")
        .surroundings(new Surroundings(Map.of(), Map.of(), Optional.of(file)))
        .build();
  }

  private void check() {
    local.launcher.accept(local.plan());
  }

  @Test
  void aSecretThatIsNowhereIsRefused() {
    local.define(secret());

    assertThatThrownBy(this::check)
        .hasMessage("the secret `warehouse.password` for `DB_PASSWORD` was not given");
  }

  @Test
  void aSecretThatIsTooShortToBeMaskedIsRefused() {
    local.define(secret());
    local.environment.put("DB_PASSWORD", "abc\n");

    assertThatThrownBy(this::check)
        .hasMessage(
            "the value of the secret `warehouse.password` for `DB_PASSWORD` is too short to be"
                + " masked in logs: expected 4 characters or more");
  }

  @Test
  void aParameterThatHoldsASecretIsRefusedWithoutQuotingIt() {
    local.define(secret());
    local.environment.put("DB_PASSWORD", "swordfish");
    local.params = Map.of("url", "db://me:swordfish@here");

    assertThatThrownBy(this::check)
        .hasMessage(
            "parameter `url` holds the value of the secret `DB_PASSWORD`, and parameters are stored"
                + " and shown");
  }

  @Test
  void aRequirementsFileThatIsNotThereIsRefused() {
    local.define(requiring("needs.txt"));

    assertThatThrownBy(this::check)
        .hasMessage(
            "step `train` needs the file `needs.txt` for its Python environment, and there is no "
                + local.work.resolve("needs.txt"));
  }

  @Test
  void aRequirementsFileMayBeMadeByAStepOrNamedByAParameter() throws IOException {
    local.define(
        step("freeze").files(new StepFiles(List.of(), List.of("made.txt"), false)).build(),
        requiring("made.txt"));
    assertThatCode(this::check).doesNotThrowAnyException();

    local.define(requiring("{file}.txt"));
    local.params = Map.of("file", "small");
    Files.createFile(local.work.resolve("small.txt"));
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void requirementsWhereNoPythonIsAreRefused() throws IOException {
    local.define(requiring("needs.txt"));
    Files.createFile(local.work.resolve("needs.txt"));
    local.environment.put("PATH", local.work.toString());

    assertThatThrownBy(this::check)
        .hasMessage(
            "step `train` needs a Python environment, and there is no `python3` on the PATH where"
                + " this was typed");
  }

  @Test
  void severalWorkersAreRefused() {
    local.define(step("train").workers(4).build());

    assertThatThrownBy(this::check)
        .hasMessage("step `train` asks for 4 workers, and on this machine a step is one process");
  }

  @Test
  void requirementsThatAreADirectoryOrADeviceAreNotCalledMissing() throws IOException {
    Files.createDirectory(local.work.resolve("envs"));
    local.define(requiring("envs"));
    assertThatThrownBy(this::check)
        .hasMessage(
            "step `train` needs the file `envs` for its Python environment, and "
                + local.work.resolve("envs")
                + " is no file");

    local.define(requiring("/dev/null"));
    assertThatThrownBy(this::check)
        .hasMessage(
            "step `train` needs the file `/dev/null` for its Python environment, and /dev/null is"
                + " no file");
  }

  @Test
  void whatOnlyAClusterKnowsIsSaidToMeanNothingHere() {
    local.define(step("train").build());

    assertThat(local.launcher.notes(local.plan().withSetting(Map.of("image", "python:3.12"))))
        .containsExactly(
            "`--image python:3.12` means nothing on this machine; a cluster is asked for with `--on"
                + " kubernetes`");
  }
}
