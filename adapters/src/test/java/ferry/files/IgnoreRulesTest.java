package ferry.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreRulesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "*.log, a/b/x.log, true",
    "*.log, a/b/x.lo, false",
    "/x, x, true",
    "/x, a/x, false",
    "a/b, a/b, true",
    "a/b, c/a/b, false",
    "a/*, a/b, true",
    "a/*, a/b/c, false",
    "a/**, a/b/c, true",
    "a/**/c, a/c, true",
    "a/**/c, a/x/y/c, true",
    "**/c, x/y/c, true",
    "**/c, c, true",
    "x?z, xyz, true",
    "x?z, x/z, false",
    "[a-c]x, bx, true",
    "[!a-c]x, bx, false",
    "[[:digit:]]x, 7x, true",
    "[unclosed, [unclosed, false",
    "a\\*b, a*b, true",
    "a\\*b, axb, false",
    "'\\#x', '#x', true",
    "'#x', '#x', false",
  })
  void aLineMeansWhatGitMeans(String line, String path, boolean ignored) {
    var pattern = IgnorePattern.parse(line);
    var name = path.substring(path.lastIndexOf('/') + 1);
    assertThat(!pattern.isEmpty() && pattern.matches(path, name, false)).isEqualTo(ignored);
  }

  @Test
  void rulesOfTheRepositoryAboveHoldInASubdirectory() throws IOException {
    Files.createDirectories(directory.resolve(".git"));
    Files.writeString(directory.resolve(".gitignore"), "/training/data\n*.tmp\n");
    var training = Files.createDirectories(directory.resolve("training"));
    Files.createFile(training.resolve("data"));
    Files.createFile(training.resolve("x.tmp"));
    Files.createFile(training.resolve("train.py"));
    assertThat(RandomTree.kept(training)).containsExactly("train.py");
  }

  @Test
  void ferryignoreHasTheLastWord() throws IOException {
    Files.writeString(directory.resolve(".gitignore"), "*.onnx\n");
    Files.writeString(directory.resolve(".ferryignore"), "!start.onnx\nnotes/\n");
    Files.createDirectories(directory.resolve("notes"));
    Files.createFile(directory.resolve("notes/a"));
    Files.createFile(directory.resolve("start.onnx"));
    Files.createFile(directory.resolve("end.onnx"));
    assertThat(RandomTree.kept(directory))
        .containsExactly(".ferryignore", ".gitignore", "start.onnx");
  }

  @Test
  void environmentsAndCachesAreNeverCode() throws IOException {
    for (var name : new String[] {".git", ".venv", "__pycache__", "node_modules", "env"}) {
      Files.createDirectories(directory.resolve(name));
      Files.createFile(directory.resolve(name).resolve("pyvenv.cfg"));
    }
    Files.createFile(directory.resolve("x.py"));
    assertThat(RandomTree.kept(directory)).containsExactly("x.py");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void aRandomTreeIsReadAsGitReadsIt(long seed) throws Exception {
    new RandomTree(directory, seed).grow();
    var git =
        new ProcessBuilder("git", "ls-files", "--others", "--exclude-standard", "-z")
            .directory(directory.toFile());
    git.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    new ProcessBuilder("git", "init", "-q", ".").directory(directory.toFile()).start().waitFor();
    var listed = new TreeSet<String>();
    var out = git.start().getInputStream().readAllBytes();
    for (var path : new String(out, StandardCharsets.UTF_8).split("\0")) {
      listed.add(path);
    }
    listed.remove("");
    var kept = RandomTree.kept(directory);
    var more = new TreeSet<>(kept);
    more.removeAll(listed);
    listed.removeAll(kept);
    assertThat(more).as("kept but ignored by git, seed %d", seed).isEmpty();
    assertThat(listed).as("ignored, but not by git, seed %d", seed).isEmpty();
  }

  static Budget plenty() {
    return new Budget(System::nanoTime, Budget.Limits.ORDINARY.patient(Duration.ofMinutes(1)));
  }
}
