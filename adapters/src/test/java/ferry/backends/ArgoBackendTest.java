package ferry.backends;

import static ferry.backends.ContractPlace.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.kubernetes.KubernetesLauncher;
import ferry.kubernetes.argo.ArgoLauncher;
import ferry.run.RunStatus;
import ferry.tracking.RunSummary;
import ferry.tracking.StepAccess;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Workflows of a real Argo. */
class ArgoBackendTest extends BackendContract {

  @Override
  ContractPlace open(Path directory) throws Exception {
    var kubeconfig = TestCluster.withArgo();
    var place =
        new ContractPlace(
            directory,
            ArgoLauncher.NAME,
            (home, files, store) ->
                new ArgoLauncher(
                    home,
                    new KubernetesLauncher.Stores(
                        files.snapshots(), files.artifacts(), StepAccess.NONE),
                    () -> Map.of("kubeconfig", kubeconfig),
                    run -> store.runs().summary(run).map(RunSummary::status),
                    Clock.systemUTC()));
    place.wishes.put("image", TestCluster.IMAGE);
    return place;
  }

  @Test
  void whatAnImageWouldRunByItselfIsRefused() {
    assertThatThrownBy(() -> place.file(KubernetesBackendTest.ARGUMENTS))
        .hasMessage(
            "the Job names no `command`, and Argo does not know what its image runs by itself");
  }

  @Test
  void bracesOfArgosAreText() {
    var run =
        place.file(
            """
            name: braces
            steps:
              a: |
                echo 'own={{=1+1}} 100% "q" $HOME <a>, & \\' >> "$FERRY_OUTPUT"
              b: {after: a, run: "printf '%s\\n' {a.own} '{{=2+2}}' '{{{{{workflow}}'"}
            """);

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "b"))
        .isEqualTo(
            "{{=1+1}} 100% \"q\" $HOME <a>, & \\\n{{=2+2}}\n{{{{{workflow}}\n"
                .replace("{{{{{workflow}}", "{{{{workflow}"));
  }

  @Test
  void valuesReachTheStepsOfFinally() {
    var run =
        place.file(
            """
            name: reached
            steps:
              a: echo "score=7" >> "$FERRY_OUTPUT"
              b: {after: a, foreach: {x: [p, q]}, run: 'echo "got={x}" >> "$FERRY_OUTPUT"'}
            finally: {report: "echo $FERRY_RUN_STATE {a.score} {b.got}"}
            """);

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "report")).isEqualTo("succeeded 7 [\"p\",\"q\"]\n");
  }

  @Test
  void listsOfAStepAndOfTheFileCombine() {
    var run =
        place.file(
            """
            name: combined
            steps:
              list: echo 'parts=[1.0, "x, \\"y\\""]' >> "$FERRY_OUTPUT"
              each:
                after: list
                foreach: {part: "{list.parts}", k: [u, v]}
                run: echo "got="{part}{k} >> "$FERRY_OUTPUT"; echo $FERRY_STEP
              all: {after: each, run: 'echo {each.got}'}
            """);

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "each[1.0,u]")).isEqualTo("each[1.0,u]\n");
    assertThat(place.log(run, "all"))
        .isEqualTo("[\"1.0u\",\"1.0v\",\"x, \\\"y\\\"u\",\"x, \\\"y\\\"v\"]\n");
  }

  @Test
  void aRetryGoesOnWithinAList() {
    var run =
        place.file(
            """
            name: within
            steps:
              list: echo 'parts=["x", "y"]' >> "$FERRY_OUTPUT"
              each:
                after: list
                foreach: {part: "{list.parts}"}
                run: 'test {part} = x || test -f again || { touch again; exit 3; }'
              all: {after: each, run: echo all}
            """);
    assertThat(place.ended(run).summary().status()).isEqualTo(RunStatus.FAILED);

    place.retry(run);

    var ended = place.ended(run);
    assertSucceeded(ended);
    assertThat(step(ended, "each[x]").attempts()).hasSize(1);
    assertThat(step(ended, "each[y]").attempts()).hasSize(2);
  }
}
