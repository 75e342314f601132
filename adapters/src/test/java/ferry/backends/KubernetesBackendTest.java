package ferry.backends;

import static ferry.backends.ContractPlace.step;
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
                    args: ['pwd; echo "$GREETING $(GREETING) {name} $HOSTNAME"']
                    workingDir: /tmp
                    env: [{name: GREETING, value: hello}]
                    resources: {limits: {memory: 64Mi}}
            """);

    assertSucceeded(place.ended(run));
    assertThat(run.value()).startsWith("seed-");
    assertThat(place.log(run, "seed")).startsWith("/tmp\nhello hello {name} " + run + "-seed-1-");
  }

  /** A Job whose program is its image's own. */
  static final String ARGUMENTS =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: bare}
      spec:
        backoffLimit: 0
        activeDeadlineSeconds: 5
        template:
          spec:
            restartPolicy: Never
            containers:
            - name: bare
              image: localhost/busybox:1
              args: [sh, -c, 'echo "$GREETING $(GREETING) {name} ${FERRY_OUTPUT:-none}"; exit 4']
              env: [{name: GREETING, value: hello}]
      """;

  @Test
  void aJobOfArgumentsRunsItsImagesOwnProgram() {
    var run = place.file(ARGUMENTS);

    var attempt = step(place.ended(run), "bare").attempts().getFirst();
    assertThat(attempt.reason()).isEqualTo("exit status 4");
    assertThat(attempt.exitCode()).hasValue(4);
    assertThat(place.log(run, "bare")).isEqualTo("hello hello {name} none\n");
  }

  @Test
  void anImagesOwnProgramHasItsTimeToo() {
    var run = place.file(ARGUMENTS.replace("exit 4", "sleep 60"));

    assertThat(reason(step(place.ended(run), "bare")))
        .isEqualTo("ran longer than its timeout of 5s");
  }

  @Override
  ContractPlace open(Path directory) throws Exception {
    return open(directory, LeastRights.kubeconfig(directory));
  }

  /** A place whose server speaks to the cluster as that file says. */
  static ContractPlace open(Path directory, String kubeconfig) throws Exception {
    return open(directory, kubeconfig, StepAccess.NONE);
  }

  static ContractPlace open(Path directory, String kubeconfig, StepAccess access) throws Exception {
    var place =
        new ContractPlace(
            directory,
            KubernetesLauncher.NAME,
            (home, files, store) ->
                new KubernetesLauncher(
                    home,
                    new KubernetesLauncher.Stores(files.snapshots(), files.artifacts(), access),
                    () -> Map.of("kubeconfig", kubeconfig),
                    run -> store.runs().summary(run).map(RunSummary::status),
                    100,
                    Clock.systemUTC()));
    place.wishes.put("image", TestCluster.IMAGE);
    return place;
  }
}
