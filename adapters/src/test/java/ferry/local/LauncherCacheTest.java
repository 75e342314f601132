package ferry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherCacheTest {
  @TempDir Path directory;

  @Test
  void aCacheIsMadeOfAJarAndNothingElseIsLeft() throws Exception {
    Path jar = directory.resolve("launcher.jar");
    Path cache = Files.createDirectory(directory.resolve("caches")).resolve("launcher.aot");
    ToolProvider.findFirst("jar")
        .orElseThrow()
        .run(
            System.out,
            System.err,
            "--create",
            "--file=" + jar,
            "-C",
            LauncherChild.classPath().toString(),
            "ferry/local/launcher");

    LauncherCache.make(cache, jar);

    assertThat(cache).isNotEmptyFile();
    assertThat(cache.getParent().toFile().list()).containsExactly("launcher.aot");
  }

  @Test
  void whereNoCacheCanBeMadeTheVirtualMachineSaysWhyAndNothingIsLeft() {
    Path cache = directory.resolve("launcher.aot");

    assertThatThrownBy(() -> LauncherCache.make(cache, Path.of("/no/such/launcher.jar")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no AOT cache came of /no/such/launcher.jar: ");
    assertThat(directory).isEmptyDirectory();
  }
}
