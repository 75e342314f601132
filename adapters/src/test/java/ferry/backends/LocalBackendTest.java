package ferry.backends;

import ferry.local.LocalLauncher;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Processes of this machine. */
class LocalBackendTest extends BackendContract {

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
