package ferry.local;

import static ferry.local.LocalPlace.bash;
import static ferry.local.LocalPlace.reason;
import static ferry.local.LocalPlace.withSecret;
import static org.assertj.core.api.Assertions.assertThat;

import ferry.workflow.SecretRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
                + ": `chmod 600 "
                + local.home.resolve("secrets")
                + "` first");
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
}
