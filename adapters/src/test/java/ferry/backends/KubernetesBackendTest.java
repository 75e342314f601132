package ferry.backends;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.kubernetes.KubernetesLauncher;
import ferry.tracking.RunSummary;
import ferry.tracking.StepAccess;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jobs of a real cluster, by an account with the least rights. */
class KubernetesBackendTest extends BackendContract {

  @Test
  void aJobIsRunAsItIsWritten() {
    var run =
        place.file(
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: seed}
            spec:
              backoffLimit: 0
              template:
                spec:
                  restartPolicy: Never
                  containers:
                  - name: seed
                    image: localhost/busybox:1
                    command: [sh, -c]
                    args: ['pwd; echo "$GREETING {name} $HOSTNAME"']
                    workingDir: /tmp
                    env: [{name: GREETING, value: hello}]
                    resources: {limits: {memory: 64Mi}}
            """);

    assertSucceeded(place.ended(run));
    assertThat(run.value()).startsWith("seed-");
    assertThat(place.log(run, "seed")).startsWith("/tmp\nhello {name} " + run + "-seed-1-");
  }

  @Override
  ContractPlace open(Path directory) throws Exception {
    return open(directory, LeastRights.kubeconfig(directory));
  }

  /** A place whose server speaks to the cluster as that file says. */
  static ContractPlace open(Path directory, String kubeconfig) throws Exception {
    var place =
        new ContractPlace(
            directory,
            KubernetesLauncher.NAME,
            (home, files, store) ->
                new KubernetesLauncher(
                    home,
                    new KubernetesLauncher.Stores(
                        files.snapshots(), files.artifacts(), StepAccess.NONE),
                    () -> Map.of("kubeconfig", kubeconfig),
                    run -> store.runs().summary(run).map(RunSummary::status),
                    100,
                    Clock.systemUTC()));
    place.wishes.put("image", TestCluster.IMAGE);
    return place;
  }
}
