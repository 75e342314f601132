package ferry.backends;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.local.LocalLauncher;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Processes of this machine. */
class LocalBackendTest extends BackendContract {

  @Test
  void whatAnImageWouldRunByItselfIsRefused() {
    assertThatThrownBy(() -> place.file(KubernetesBackendTest.ARGUMENTS))
        .hasMessage(
            "the Job names no `command`, and what its image runs by itself is not on this machine");
  }

  @Override
  ContractPlace open(Path directory) throws Exception {
    return new ContractPlace(
        directory,
        "local",
        (home, files, store) ->
            new LocalLauncher(
                home,
                new LocalLauncher.Stores(files.snapshots(), files.artifacts(), store.results()),
                Optional::empty,
                Map.of(),
                Clock.systemUTC()));
  }
}
