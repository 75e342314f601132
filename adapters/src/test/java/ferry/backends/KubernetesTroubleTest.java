package ferry.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Troubles of Jobs. */
class KubernetesTroubleTest extends TroubleContract {

  @Override
  ContractPlace open(Path directory) throws Exception {
    return KubernetesBackendTest.open(directory, TestCluster.kubeconfig());
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
  void whoMayNotListNodesIsToldTheRest(@TempDir Path other) throws Exception {
    var least = KubernetesBackendTest.open(other, LeastRights.kubeconfig(other));
    least.wishes.put("image", TestCluster.IMAGE);
    least.wishes.put("memory", "900Gi");
    try {
      var run = least.oneLiner("a: echo hello");
      var waiting = least.when(run, record -> !ContractPlace.step(record, "a").reason().isEmpty());
      least.stop(run);
      least.ended(run);
      assertThat(ContractPlace.step(waiting, "a").reason())
          .isEqualTo(
              "no node has room: the step asks for 900Gi of memory, and there is not enough memory"
                  + " free; ask for less, or wait");
    } finally {
      least.close();
    }
  }
}
