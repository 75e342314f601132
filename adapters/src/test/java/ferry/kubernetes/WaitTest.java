package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.run.AttemptId;
import ferry.run.RunEvent.Pending;
import ferry.run.RunId;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitTest {
  private static final String UNBOUND =
      WaitWords.of(
          new PodBuilder()
              .withNewSpec()
              .endSpec()
              .withNewStatus()
              .addNewCondition()
              .withType("PodScheduled")
              .withStatus("False")
              .withMessage(
                  "0/1 nodes are available: pod has unbound immediate" + " PersistentVolumeClaims.")
              .endCondition()
              .endStatus()
              .build());

  private final RunId run = new RunId("digits-x7k2p");
  private final Going clock = new Going();
  private final List<String> told = new ArrayList<>();
  private final Wait wait =
      new Wait(
          plan(),
          new AttemptId(run, "train", 1),
          (_, event) -> told.add(((Pending) event).reason()),
          clock);

  @Test
  void thatAClaimHasNoVolumeYetIsToldWhenItHasNoneAfterSomeSeconds() {
    wait.because(UNBOUND);
    clock.goOn(2);
    wait.look();
    assertThat(told).isEmpty();
    assertThat(wait.mustLook()).isTrue();

    clock.goOn(1);
    wait.look();
    wait.because(UNBOUND);
    assertThat(told).containsExactly(UNBOUND);
    assertThat(wait.mustLook()).isFalse();
  }

  @Test
  void aClaimThatGotItsVolumeIsNotTold() {
    wait.because(UNBOUND);
    clock.goOn(1);
    wait.because("");
    assertThat(wait.mustLook()).isFalse();

    clock.goOn(10);
    wait.look();
    assertThat(told).isEmpty();
  }

  @Test
  void aNodeThatIsLateToSeeAConfigMapOrSecretIsToldWhereThatLasts() {
    wait.because(late("configmap"));
    clock.goOn(14);
    wait.look();
    wait.because(late("secret"));
    clock.goOn(14);
    wait.look();
    assertThat(told).isEmpty();
    assertThat(wait.mustLook()).isTrue();

    clock.goOn(1);
    wait.look();
    assertThat(told).containsExactly(late("secret"));
    assertThat(wait.mustLook()).isFalse();
  }

  private static String late(String kind) {
    return WaitWords.of(
            new EventBuilder()
                .withReason("FailedMount")
                .withMessage(
                    "MountVolume.SetUp failed for volume \"ferry-code\" : failed to sync "
                        + kind
                        + " cache: timed out waiting for the condition")
                .build())
        .orElseThrow();
  }

  @Test
  void anythingElseIsToldAtOnce() {
    wait.because(UNBOUND);
    wait.because("no node has room");
    clock.goOn(10);
    wait.look();

    assertThat(told).containsExactly("no node has room");
  }

  private Plan plan() {
    return new Plan(
        run,
        Workflow.of("digits", Step.of("train", "python train.py")),
        "kubernetes",
        new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
        new Origin(Origin.Kind.ONE_LINER, "python train.py", Optional.empty(), Optional.empty()),
        Code.UNKNOWN,
        "digest",
        Instant.EPOCH,
        Map.of());
  }

  /** A clock that goes on when it is told to. */
  private static final class Going extends Clock {
    private Instant now = Instant.EPOCH;

    void goOn(long seconds) {
      now = now.plus(Duration.ofSeconds(seconds));
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
