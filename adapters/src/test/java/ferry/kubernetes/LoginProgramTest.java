package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginProgramTest {
  @TempDir Path directory;

  private Optional<String> missing(String user) throws IOException {
    var file = directory.resolve("config");
    Files.writeString(
        file,
        """
        contexts:
        - {name: lab, context: {cluster: lab, user: ada}}
        users:
        - {name: other, user: {exec: {command: other-login}}}
        - {name: ada, user: %s}
        """
            .formatted(user));
    return LoginProgram.missing(file, "lab", directory + ":/none");
  }

  @Test
  void aProgramThatIsNotThereIsNamedWithItsOwnHint() throws Exception {
    assertThat(missing("{exec: {command: lab-login, installHint: \"get it from the lab\\n\"}}"))
        .contains("its user logs in by `lab-login`, which is not there: get it from the lab");
    assertThat(missing("{exec: {command: ./lab-login}}"))
        .contains("its user logs in by `./lab-login`, which is not there");
  }

  @Test
  void oneThatIsOnThePathOrBesideTheFileIsFound() throws Exception {
    assertThat(Files.createFile(directory.resolve("lab-login")).toFile().setExecutable(true))
        .isTrue();

    assertThat(missing("{exec: {command: lab-login}}")).isEmpty();
    assertThat(missing("{exec: {command: ./lab-login}}")).isEmpty();
  }

  @Test
  void aTokenNeedsNoProgram() throws Exception {
    assertThat(missing("{token: secret}")).isEmpty();
  }
}
