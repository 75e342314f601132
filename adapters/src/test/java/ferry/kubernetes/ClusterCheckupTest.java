package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Place;
import ferry.kubernetes.checkup.ClusterCheckup;
import ferry.kubernetes.checkup.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checkup goes the way to the cluster that runs go. */
class ClusterCheckupTest {
  private FakeApi api;
  private Path kubeconfig;
  private Place place;

  @BeforeEach
  void begin(@TempDir Path directory) throws IOException {
    api = new FakeApi();
    api.put("/version", "{\"gitVersion\": \"v1.30.1\", \"major\": \"1\", \"minor\": \"30\"}");
    api.put("/apis", "{\"kind\": \"APIGroupList\", \"apiVersion\": \"v1\", \"groups\": []}");
    api.put(
        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
        """
        {"kind": "SelfSubjectAccessReview", "apiVersion": "authorization.k8s.io/v1",
         "spec": {}, "status": {"allowed": true}}
        """);
    place = new Place(directory.toString(), Map.of("HOME", directory.toString()), "ada", "here");
    kubeconfig =
        Files.writeString(
            directory.resolve("clusters.yaml"),
            """
            apiVersion: v1
            kind: Config
            current-context: elsewhere
            clusters:
              - {name: lab, cluster: {server: "%s"}}
              - {name: elsewhere, cluster: {server: "http://127.0.0.1:1"}}
            users: [{name: ada, user: {token: t}}]
            contexts:
              - {name: lab, context: {cluster: lab, user: ada, namespace: first}}
              - {name: elsewhere, context: {cluster: elsewhere, user: ada}}
            """
                .formatted(api.client.getMasterUrl()));
  }

  @AfterEach
  void end() {
    api.close();
  }

  private static String words(List<Finding> findings) {
    return findings.getFirst().words();
  }

  @Test
  void whatIsConfiguredSaysWhichClusterAndNamespace() {
    var config = Map.of("kubeconfig", "clusters.yaml", "context", "lab", "namespace", "second");

    assertThat(ClusterCheckup.applies(place, config)).isTrue();
    assertThat(words(ClusterCheckup.findings(place, config)))
        .startsWith("Kubernetes v1.30.1 at " + api.client.getMasterUrl() + ", namespace second,");
    assertThat(ClusterCheckup.roleYaml(place, config)).contains("namespace: \"second\"");
  }

  @Test
  void withoutANamespaceOfOurOwnTheContextsHolds() {
    var config = Map.of("kubeconfig", kubeconfig.toString(), "context", "lab");

    assertThat(words(ClusterCheckup.findings(place, config))).contains(", namespace first,");
    assertThat(ClusterCheckup.roleYaml(place, config)).contains("namespace: \"first\"");
  }

  @Test
  void aKubeconfigThatIsNotThereIsNamed() {
    var config = Map.of("kubeconfig", "missing.yaml");

    assertThat(words(ClusterCheckup.findings(place, config)))
        .contains("missing.yaml is of no use: there is no such file");
  }

  @Test
  void nothingTellsOfACluster() {
    assertThat(ClusterCheckup.applies(place, Map.of())).isFalse();
  }
}
