package ferry.local;

import static ferry.local.LocalPlace.bash;
import static ferry.local.LocalPlace.reason;
import static ferry.local.LocalPlace.withRequirements;
import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.Outcome;
import ferry.run.RunEvent.Pending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonEnvironmentsTest {
  @TempDir Path place;
  LocalPlace local;

  @BeforeEach
  void open() throws IOException {
    local = new LocalPlace(place);
    var wheels = Files.createDirectory(place.resolve("wheels")).toString();
    local.environment.put("PIP_NO_INDEX", "1");
    local.environment.put("PIP_FIND_LINKS", wheels);
    local.environment.put("UV_NO_INDEX", "1");
    local.environment.put("UV_FIND_LINKS", wheels);
    wheel();
  }

  @AfterEach
  void close() throws IOException {
    local.close();
  }

  /** The smallest package there can be. */
  private void wheel() throws IOException {
    var file = place.resolve("wheels/tinything-1.0-py3-none-any.whl");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      entry(zip, "tinything.py", "word = 'tiny'\n");
      entry(
          zip,
          "tinything-1.0.dist-info/METADATA",
          "Metadata-Version: 2.1\nName: tinything\nVersion: 1.0\n");
      entry(
          zip,
          "tinything-1.0.dist-info/WHEEL",
          "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      entry(zip, "tinything-1.0.dist-info/RECORD", "tinything.py,,\n");
    }
  }

  /** The same directories, less those that have uv. */
  private static String withoutUv(String path) {
    return Stream.of(path.split(":"))
        .filter(directory -> !Files.exists(Path.of(directory, "uv")))
        .collect(Collectors.joining(":"));
  }

  private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  @Test
  void anEnvironmentIsMadeOnceFromAFileAndItsIncludesAndAnUnfinishedOneAnew() throws Exception {
    Files.writeString(local.work.resolve("requirements.txt"), "-r more.txt  # the rest\n");
    Files.writeString(local.work.resolve("more.txt"), "tinything==1.0\n");
    var plan = local.plan();
    var script =
        "python -c 'import tinything, sys; print(tinything.word, sys.prefix)'; echo $VIRTUAL_ENV";
    local.launcher.launch(plan, withRequirements(bash(plan, script), "requirements.txt"));
    assertThat(((Pending) local.next()).reason())
        .isEqualTo("making the Python environment from requirements.txt");
    assertThat(local.end().outcome()).isEqualTo(Outcome.Succeeded.PLAIN);
    var environment = Path.of(local.log(plan).lines().toList().getLast());
    assertThat(local.log(plan)).isEqualTo("tiny " + environment + "\n" + environment + "\n");
    assertThat(environment).hasParent(local.home.resolve("environments"));

    var second = local.plan();
    local.launcher.launch(second, withRequirements(bash(second, script), "requirements.txt"));
    assertThat(local.next()).as("no waiting").isInstanceOf(ferry.run.RunEvent.Started.class);
    local.end();

    Files.delete(environment.resolve(PythonEnvironments.COMPLETE));
    Files.delete(environment.resolve("bin/python"));
    var third = local.plan();
    assertThat(local.run(third, withRequirements(bash(third, script), "requirements.txt")))
        .isEqualTo(Outcome.Succeeded.PLAIN);
  }

  @Test
  void aPackageThatIsNotThereIsSaidInPipsOwnWordsAndTheLogShown() throws Exception {
    local.environment.put("PATH", withoutUv(local.environment.get("PATH")));
    Files.writeString(local.work.resolve("requirements.txt"), "nosuchthing==9\n");
    var plan = local.plan();
    assertThat(reason(local.run(plan, withRequirements(bash(plan, "true"), "requirements.txt"))))
        .startsWith("the Python environment from requirements.txt could not be made: ERROR: ")
        .contains("No matching distribution found for nosuchthing==9");
    assertThat(local.log(plan)).contains("nosuchthing");
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws Exception {
    var plan = local.plan();
    assertThat(reason(local.run(plan, withRequirements(bash(plan, "true"), "requirements.txt"))))
        .startsWith("there is no file `requirements.txt`");
  }

  @Test
  void withoutPythonThatIsSaid() throws Exception {
    Files.writeString(local.work.resolve("requirements.txt"), "");
    local.environment.put("PATH", local.home.toString());
    var plan = local.plan();
    assertThat(reason(local.run(plan, withRequirements(bash(plan, "true"), "requirements.txt"))))
        .isEqualTo(
            "`requirements` need Python, and there is no `python3` on the PATH where the run was"
                + " typed");
  }

  @Test
  void commentsAndSpacesDoNotMakeAnotherEnvironmentButAnotherVersionDoes() throws Exception {
    var file = Files.writeString(local.work.resolve("requirements.txt"), "a==1 # why\n\n");
    var first = Requirements.read(local.work, "requirements.txt").text();
    Files.writeString(file, "  a==1\n");
    assertThat(Requirements.read(local.work, "requirements.txt").text()).isEqualTo(first);
    Files.writeString(file, "a==2\n");
    assertThat(Requirements.read(local.work, "requirements.txt").text()).isNotEqualTo(first);
  }
}
