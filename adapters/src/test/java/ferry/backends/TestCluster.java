package ferry.backends;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The cluster that tests run on, where there is one. */
public final class TestCluster {
  /** An image that every such cluster has. */
  public static final String IMAGE = "localhost/busybox:1";

  private TestCluster() {}

  /**
   * Where the cluster is: what {@code KUBECONFIG} names. Tests that need it are skipped without.
   */
  public static String kubeconfig() {
    var named = Optional.ofNullable(System.getenv("KUBECONFIG")).filter(text -> !text.isEmpty());
    assumeTrue(
        named.isPresent() && Files.isReadable(Path.of(named.get())),
        "skipped: there is no cluster here; KUBECONFIG names none");
    return named.get();
  }

  /** The same where a real Argo runs in it, as {@code FERRY_TEST_ARGO} says. */
  public static String withArgo() {
    assumeTrue(
        Optional.ofNullable(System.getenv("FERRY_TEST_ARGO")).filter(t -> !t.isEmpty()).isPresent(),
        "argo contract: not run; FERRY_TEST_ARGO says of no Argo in the cluster");
    return kubeconfig();
  }

  /**
   * A directory of real objects or schemas that a variable names. Tests that need it are skipped
   * without.
   */
  public static Path directory(String variable) {
    var named = Optional.ofNullable(System.getenv(variable)).filter(text -> !text.isEmpty());
    assumeTrue(
        named.isPresent() && Files.isDirectory(Path.of(named.get())),
        "skipped: " + variable + " names no directory");
    return Path.of(named.orElseThrow());
  }
}
