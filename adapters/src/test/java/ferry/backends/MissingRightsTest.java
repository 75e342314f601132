package ferry.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import ferry.kubernetes.FakeApi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingRightsTest {

  @Test
  void whoMayCreateJobsAndNotWhatARunNeedsBesideThemIsRefusedBeforeAnythingIsMade(
      @TempDir Path directory) throws Exception {
    try (var api = new FakeApi();
        var _ = api.cluster(directory)) {
      api.put(
          "/apis/batch/v1/namespaces/lab/jobs",
          "{\"kind\": \"Job\", \"apiVersion\": \"batch/v1\", \"metadata\": {\"name\": \"a\"}}");
      api.put(
          "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
          """
          {"kind": "SelfSubjectAccessReview", "apiVersion": "authorization.k8s.io/v1",
           "spec": {}, "status": {"allowed": false}}
          """);
      var place = KubernetesBackendTest.open(directory, directory.resolve("kubeconfig").toString());

      assertThatThrownBy(() -> place.oneLiner("a: echo hello"))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "the account here may not create, get, list, patch configmaps in the namespace `lab`,"
                  + " which is needed for what a run brings");
      assertThat(api.asked()).noneMatch(path -> path.contains("/configmaps"));
      place.close();
    }
  }
}
