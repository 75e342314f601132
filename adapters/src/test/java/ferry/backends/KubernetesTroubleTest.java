package ferry.backends;

import static ferry.backends.ContractPlace.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import ferry.run.RunId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Why a step does not start in a real cluster, or why it failed there, as a person reads it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesTroubleTest {
  private ContractPlace place;

  @BeforeAll
  void begin(@TempDir Path directory) throws Exception {
    place = KubernetesBackendTest.open(directory, TestCluster.kubeconfig());
  }

  @BeforeEach
  void wishForNothingSpecial() {
    place.wishes.clear();
    place.wishes.put("image", TestCluster.IMAGE);
  }

  @AfterAll
  void end() throws Exception {
    if (place != null) {
      place.close();
    }
  }

  private String waitsFor(RunId run) {
    var waiting = place.when(run, record -> !step(record, "a").reason().isEmpty());
    place.stop(run);
    place.ended(run);
    return step(waiting, "a").reason();
  }

  private String failedFor(RunId run) {
    return step(place.ended(run), "a").attempts().getLast().reason();
  }

  @Test
  void noNodeHasRoom() {
    place.wishes.put("memory", "900Gi");

    assertThat(waitsFor(place.oneLiner("a: echo hello")))
        .startsWith("no node has room: the step asks for 900Gi of memory")
        .contains("not enough memory free");
  }

  @Test
  void anImageIsNotThere() {
    place.wishes.put("image", "localhost/no-such-image:1");

    assertThat(waitsFor(place.oneLiner("a: echo hello")))
        .startsWith("the image `localhost/no-such-image:1` cannot be pulled");
  }

  @Test
  void aSecretIsMissing() {
    var run =
        place.file(
            """
            name: secret
            steps: {a: {run: echo hello, secrets: {KEY: {secret: no-such-secret, key: k}}}}
            """);

    assertThat(waitsFor(run))
        .isEqualTo(
            "there is no Secret `no-such-secret` in its namespace, which the step needs: make it"
                + " with `kubectl create secret generic no-such-secret --from-literal=KEY=VALUE`,"
                + " and the step goes on");
  }

  @Test
  void memoryRunsOut() {
    place.wishes.put("memory", "16Mi");

    assertThat(failedFor(place.oneLiner("a: tail /dev/zero")))
        .isEqualTo(
            "was killed for memory: it reached its limit of 16Mi; give it more with `--memory"
                + " 32Mi`");
  }

  @Test
  void aWaitThatCannotEndIsGivenUp() {
    place.wishes.put("memory", "900Gi");
    place.wishes.put("pending-timeout", "2s");

    assertThat(failedFor(place.oneLiner("a: echo hello")))
        .startsWith("did not start within 2s: no node has room");
  }

  @Test
  void aQuotaIsUsedUp() {
    LeastRights.quota("ferry-quota");
    place.wishes.put("namespace", "ferry-quota");

    assertThat(waitsFor(place.oneLiner("a: echo hello")))
        .isEqualTo("the quota `none` is used up: asked for pods=1, in use pods=0, limit pods=0");
  }

  @Test
  void aModuleIsMissing() {
    assertThat(
            failedFor(
                place.oneLiner("a: echo \"ModuleNotFoundError: No module named 'torch'\"; false")))
        .startsWith("Python has no module `torch`: name its package in the file of `requirements`");
  }

  @Test
  void aFileMayNotBeRead() {
    assertThat(
            failedFor(
                place.oneLiner(
                    "a: echo \"PermissionError: [Errno 13] Permission denied: '/etc/keys/k'\";"
                        + " false")))
        .startsWith("no permission for `/etc/keys/k`: the step's user may not use that file");
  }

  @Test
  void aRightIsMissing(@TempDir Path other) throws Exception {
    var least = KubernetesBackendTest.open(other, LeastRights.kubeconfig(other));
    least.wishes.put("namespace", "kube-public");
    try {
      assertThatThrownBy(() -> least.oneLiner("a: echo hello"))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "`system:serviceaccount:ferry-contract:ferry` may not create jobs in the namespace"
                  + " `kube-public`");
    } finally {
      least.close();
    }
  }

  @Test
  void aNamespaceIsNotThere() {
    place.wishes.put("namespace", "no-such-namespace");

    assertThatThrownBy(() -> place.oneLiner("a: echo hello"))
        .isInstanceOf(UserException.class)
        .hasMessage("there is no namespace `no-such-namespace`");
  }

  @Test
  void aContextIsNotThere() {
    place.wishes.put("context", "no-such-context");

    assertThatThrownBy(() -> place.oneLiner("a: echo hello"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no-such-context");
  }
}
