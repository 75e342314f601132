package ferry.local;

import static ferry.local.LocalPlace.bash;
import static ferry.local.LocalPlace.reason;
import static ferry.local.LocalPlace.withSecret;
import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.RunEvent.Started;
import ferry.tracking.AttemptPath;
import ferry.workflow.Command;
import ferry.workflow.SecretRef;
import ferry.workflow.Step;
import ferry.workflow.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final SecretRef SECRET = new SecretRef("warehouse", "password");
  private static final String VALUE = "correct horse battery";

  @TempDir Path place;
  LocalPlace local;

  @BeforeEach
  void open() throws IOException {
    local = new LocalPlace(place);
    wantedBySomeStep();
  }

  @AfterEach
  void close() throws IOException {
    local.close();
  }

  private void write(String permissions) throws IOException {
    var file =
        Files.writeString(
            local.home.resolve("secrets"), "a.b=c\nwarehouse.password=" + VALUE + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private String runAndLog() throws InterruptedException {
    var plan = local.plan();
    local.run(
        plan,
        withSecret(bash(plan, "echo ${#DB_PASSWORD} \"$DB_PASSWORD\""), "DB_PASSWORD", SECRET));
    return local.log(plan);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DB_PASSWORD", "WAREHOUSE_PASSWORD"})
  void aSecretOfTheShellIsGivenAndMasked(String variable) throws Exception {
    local.environment.put(variable, VALUE);
    assertThat(runAndLog()).startsWith("21 ").doesNotContain("horse");
  }

  @Test
  void aSecretOfTheFileIsGivenAndMaskedAndNowhereElse() throws Exception {
    write("rw-------");
    assertThat(runAndLog()).startsWith("21 ").doesNotContain("horse");
    try (var all = Files.walk(local.home.resolve("runs"))) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("horse");
      }
    }
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws Exception {
    write("rw-r--r--");
    var plan = local.plan();
    assertThat(reason(local.run(plan, withSecret(bash(plan, "true"), "DB_PASSWORD", SECRET))))
        .isEqualTo(
            "others on this machine can reach the secrets in "
                + local.home.resolve("secrets")
                + ": `chmod 600 \""
                + local.home.resolve("secrets")
                + "\"` first");
  }

  @Test
  void aMissingSecretSaysHowToGiveIt() throws Exception {
    var plan = local.plan();
    assertThat(reason(local.run(plan, withSecret(bash(plan, "true"), "DB_PASSWORD", SECRET))))
        .isEqualTo(
            "the secret `warehouse.password` for `DB_PASSWORD` was not given: set DB_PASSWORD where"
                + " you type the command, or write the line `warehouse.password=VALUE` to "
                + local.home.resolve("secrets")
                + " (mode 0600)");
  }

  @Test
  void aSecretThatIsPutOutIsRefusedAndNotQuoted() throws Exception {
    local.environment.put("DB_PASSWORD", VALUE);

    assertThat(putOut("x=postgres://me:$DB_PASSWORD@here"))
        .isEqualTo(
            "`x` in $FERRY_OUTPUT holds the value of the secret `DB_PASSWORD`; it was not kept, for"
                + " values are stored and shown: put out a name or a path, and let the step that"
                + " needs the secret take it itself, under `secrets`");
    assertThat(putOut("$DB_PASSWORD"))
        .startsWith("what it put out holds the value of the secret `DB_PASSWORD`;");
    assertThat(putOut("$DB_PASSWORD=x")).startsWith("what it put out holds the value");
  }

  private String putOut(String line) throws InterruptedException {
    var plan = local.plan();
    var spec = bash(plan, "echo \"" + line + "\" >> $FERRY_OUTPUT");
    var reason = reason(local.run(plan, withSecret(spec, "DB_PASSWORD", SECRET)));
    assertThat(AttemptPath.of(local.home, spec.id()).resolve("output")).hasContent("***");
    return reason;
  }

  @Test
  void nothingIsKeptOfWhatAFailedCommandPutOut() throws Exception {
    local.environment.put("DB_PASSWORD", VALUE);
    var plan = local.plan();
    var spec = bash(plan, "echo x=$DB_PASSWORD >> $FERRY_OUTPUT; exit 3");

    assertThat(reason(local.run(plan, withSecret(spec, "DB_PASSWORD", SECRET))))
        .isEqualTo("exit status 3");
    assertThat(AttemptPath.of(local.home, spec.id()).resolve("output")).doesNotExist();
  }

  @Test
  void aSecretThatIsPutOutAfterTheServerWasKilledIsRefusedAsWell() throws Exception {
    local.environment.put("DB_PASSWORD", VALUE);
    var plan = local.plan();
    var spec =
        withSecret(
            bash(plan, "until [ -e go ]; do sleep 0.1; done; echo x=$DB_PASSWORD >> $FERRY_OUTPUT"),
            "DB_PASSWORD",
            SECRET);
    local.launcher.launch(plan, spec);
    assertThat(local.next()).isInstanceOf(Started.class);

    local.launcher.close();
    local.launcher = local.open();
    local.launcher.resume(plan, spec, local.launcher.machine(), true);
    Files.createFile(local.work.resolve("go"));

    assertThat(reason(local.end().outcome())).startsWith("`x` in $FERRY_OUTPUT holds the value");
  }

  @Test
  void aStepThatDoesNotAskForASecretOfItsRunDoesNotShowItEither() throws Exception {
    local.environment.put("DB_PASSWORD", VALUE);
    var plan = local.plan();

    local.run(plan, bash(plan, "env | grep DB_; echo x=$DB_PASSWORD >> $FERRY_OUTPUT"));

    assertThat(local.log(plan)).isEqualTo("DB_PASSWORD=***\n");
  }

  private void wantedBySomeStep() {
    local.define(
        Step.of("train", "true"),
        Step.named("other", new Command.Shell("true"))
            .surroundings(
                new Surroundings(Map.of(), Map.of("DB_PASSWORD", SECRET), Optional.empty()))
            .build());
  }
}
