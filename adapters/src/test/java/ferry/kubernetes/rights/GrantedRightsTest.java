package ferry.kubernetes.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import ferry.kubernetes.FakeApi;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrantedRightsTest {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final List<Right> CLAIMS =
      List.of(
          new Right(
              "", "persistentvolumeclaims", List.of("create"), "handing files from step to step"));

  private FakeApi api;
  private GrantedRights rights;

  @BeforeEach
  void open() throws Exception {
    api = new FakeApi();
    rights = new GrantedRights(api.client, "lab");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void answer(boolean isAllowed) {
    api.put(
        REVIEWS,
        """
        {"kind": "SelfSubjectAccessReview", "apiVersion": "authorization.k8s.io/v1",
         "spec": {}, "status": {"allowed": %s}}
        """
            .formatted(isAllowed));
  }

  @Test
  void aMissingRightIsNamedAndAskedForAgain() {
    answer(false);
    assertThatThrownBy(() -> rights.check(CLAIMS))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the account here may not create persistentvolumeclaims in the namespace `lab`,"
                + " which is needed for handing files from step to step");

    answer(true);
    rights.check(CLAIMS);
  }

  @Test
  void whatIsGrantedIsNotAskedForAgainUntilSomethingIsRefused() {
    answer(true);

    rights.check(CLAIMS);
    rights.check(CLAIMS);
    assertThat(api.asked()).hasSize(1);

    rights.forget();
    rights.check(CLAIMS);
    assertThat(api.asked()).hasSize(2);
  }

  @Test
  void aClusterThatDoesNotTellIsNoReasonToRefuseARun() {
    api.forbid(REVIEWS);

    rights.check(CLAIMS);
    rights.check(CLAIMS);

    assertThat(api.asked()).hasSize(1);
  }
}
