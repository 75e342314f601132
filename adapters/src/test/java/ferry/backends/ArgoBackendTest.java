package ferry.backends;

import ferry.kubernetes.argo.ArgoLauncher;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Workflows of a real Argo. */
class ArgoBackendTest extends BackendContract {

  @Override
  ContractPlace open(Path directory) throws Exception {
    var kubeconfig = TestCluster.kubeconfig();
    var place =
        new ContractPlace(
            directory,
            ArgoLauncher.NAME,
            (home, files, _) ->
                new ArgoLauncher(
                    home,
                    files.snapshots(),
                    () -> Map.of("kubeconfig", kubeconfig),
                    Clock.systemUTC()));
    place.wishes.put("image", TestCluster.IMAGE);
    return place;
  }
}
