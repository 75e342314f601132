package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which Jobs keep what a run has, whatever their number. */
class AnchorsTest {
  private final Anchors anchors = new Anchors();

  @Test
  void ofAThousandStepsOneAfterTheOtherTheLastAlwaysKeepsWhatTheRunHas() {
    for (int i = 0; i < 1_000; i++) {
      begin(i, i + 1);
      assertThat(anchors.has("job-" + i)).isTrue();
      anchors.ended("job-" + i);
      assertThat(anchors.has("job-" + i)).isTrue();
    }

    assertThat(anchors.takeDropped()).hasSize(1_000 - Anchors.MOST).doesNotContain("job-999");
    assertThat(anchors.takeDropped()).isEmpty();
  }

  @Test
  void whenAllThatKeepItHaveEndedThoseThatStillRunTakeTheirPlace() {
    begin(0, 40);
    IntStream.range(0, 31).forEach(this::end);
    assertThat(anchors.has("job-35")).isFalse();

    end(31);

    assertThat(IntStream.range(32, 40).allMatch(i -> anchors.has("job-" + i))).isTrue();
    assertThat(anchors.takeDropped()).hasSize(8);
  }

  @Test
  void whatARetriedRunHasIsKeptByItsNewJobs() {
    anchors.remember(IntStream.range(0, 32).mapToObj(AnchorsTest::owner).toList());

    begin(32, 33);

    assertThat(anchors.has("job-32")).isTrue();
    assertThat(anchors.takeDropped()).containsExactly("job-0");
  }

  @Test
  void aJobThatIsLookedAtAfterItsEndDoesNotRunAgain() {
    begin(0, 32);
    IntStream.range(0, 32).forEach(this::end);
    begin(5, 6);

    begin(32, 33);

    assertThat(anchors.has("job-32")).isTrue();
  }

  @Test
  void aChangeThatTheClusterDidNotTakeIsDueAgain() {
    anchors.begun(owner(1));
    assertThat(anchors.due().added()).containsExactly(owner(1));

    anchors.begun(owner(1));

    assertThat(anchors.due().added()).containsExactly(owner(1));
  }

  @Test
  void theObjectIsToldOfBothInOneMessage() {
    assertThat(Anchors.patch(new Anchors.Change(List.of(owner(2)), List.of(owner(1)))))
        .isEqualTo(
            "{\"metadata\": {\"ownerReferences\": ["
                + "{\"apiVersion\": \"batch/v1\", \"kind\": \"Job\", \"name\": \"job-2\","
                + " \"uid\": \"uid-2\"}, {\"$patch\": \"delete\", \"uid\": \"uid-1\"}]}}");
  }

  private void begin(int from, int to) {
    for (int i = from; i < to; i++) {
      anchors.begun(owner(i));
      anchors.changed(anchors.due());
    }
  }

  private void end(int job) {
    anchors.ended("job-" + job);
    anchors.changed(anchors.due());
  }

  private static OwnerReference owner(int number) {
    return new OwnerReferenceBuilder()
        .withApiVersion("batch/v1")
        .withKind("Job")
        .withName("job-" + number)
        .withUid("uid-" + number)
        .build();
  }
}
