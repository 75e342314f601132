package ferry.backends;

import ferry.kubernetes.KubernetesLauncher;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Jobs of a real cluster. */
class KubernetesBackendTest extends BackendContract {

  @Override
  ContractPlace open(Path directory) throws Exception {
    var kubeconfig = TestCluster.kubeconfig();
    var place =
        new ContractPlace(
            directory,
            KubernetesLauncher.NAME,
            (home, files, _) ->
                new KubernetesLauncher(
                    home,
                    files.snapshots(),
                    () -> Map.of("kubeconfig", kubeconfig),
                    100,
                    Clock.systemUTC()));
    place.wishes.put("image", TestCluster.IMAGE);
    return place;
  }
}
