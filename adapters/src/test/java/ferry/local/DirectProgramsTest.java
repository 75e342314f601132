package ferry.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectProgramsTest {
  @TempDir Path directory;

  private void program(String name, String text) throws IOException {
    var file = Files.writeString(directory.resolve(name), text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void onlyWhatTheKernelCanStartNeedsNoShell() throws IOException {
    program("named", "#!/bin/sh\necho\n");
    program("unnamed", "echo\n");
    var programs = new DirectPrograms(directory + ":/usr/bin:/bin", directory);
    assertThat(programs.has("true")).as("a binary").isTrue();
    assertThat(programs.has("named")).as("a script that names its interpreter").isTrue();
    assertThat(programs.has("unnamed")).as("a script that does not").isFalse();
    assertThat(programs.has("./named")).as("a path").isFalse();
    assertThat(programs.has("nonsense")).as("nothing of that name").isFalse();
  }
}
