package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final ClusterTrouble FORBIDDEN =
      of(
          403,
          "jobs.batch is forbidden: User \"ada\" cannot create resource \"jobs\" in API group"
              + " \"batch\" in the namespace \"lab\"");
  private final Refusals refusals = new Refusals();

  private static ClusterTrouble of(int code, String said) {
    var status = new StatusBuilder().withCode(code).withMessage(said).build();
    return ClusterTrouble.of("here", new KubernetesClientException(status));
  }

  private static long at(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void whatIsForbiddenForAMomentIsAskedForAgain() {
    assertThat(refusals.isFinal(FORBIDDEN, at(1))).isFalse();
    assertThat(refusals.isFinal(FORBIDDEN, at(11))).isFalse();
    assertThat(refusals.isFinal(FORBIDDEN, at(12))).isTrue();
  }

  @Test
  void theMomentBeginsAnewWhenSomethingWasGranted() {
    refusals.isFinal(FORBIDDEN, at(1));
    refusals.over();

    assertThat(refusals.isFinal(FORBIDDEN, at(100))).isFalse();
  }

  @Test
  void otherRefusalsStandAtOnce() {
    assertThat(refusals.isFinal(of(422, "it is invalid"), at(1))).isTrue();
    assertThat(refusals.isFinal(of(503, "busy"), at(1))).isFalse();
  }
}
