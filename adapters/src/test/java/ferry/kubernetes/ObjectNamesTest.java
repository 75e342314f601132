package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.AttemptId;
import ferry.run.RunId;
import org.junit.jupiter.api.Test;

/** Names of objects: readable, allowed, and different for different attempts. */
class ObjectNamesTest {
  private static final RunId RUN = new RunId("hello-x7k2p");

  @Test
  void aPlainNameIsReadAsItIs() {
    assertThat(ObjectNames.of(new AttemptId(RUN, "train", 2))).isEqualTo("hello-x7k2p-train-2");
  }

  @Test
  void whatCannotStandInANameIsAHash() {
    assertThat(ObjectNames.of(new AttemptId(RUN, "train[relu]", 1)))
        .isEqualTo("hello-x7k2p-train-relu-c678d8e7-1");
    assertThat(ObjectNames.of(new AttemptId(RUN, "훈련", 1))).matches("hello-x7k2p-[0-9a-f]{8}-1");
  }

  @Test
  void aLongNameIsCutAndItsHashKeepsItApart() {
    var one = ObjectNames.of(new AttemptId(RUN, "x".repeat(80) + "a", 1));
    var other = ObjectNames.of(new AttemptId(RUN, "x".repeat(80) + "b", 1));

    assertThat(one).hasSizeLessThanOrEqualTo(63).matches("hello-x7k2p-x+-[0-9a-f]{8}-1");
    assertThat(other).hasSizeLessThanOrEqualTo(63).isNotEqualTo(one);
  }

  @Test
  void runsWhoseNamesBeginAlikeNeverMeet() {
    assertThat(ObjectNames.of(new AttemptId(new RunId("a-bcdfg"), "hjklm-x", 1)))
        .isNotEqualTo(ObjectNames.of(new AttemptId(new RunId("a-bcdfg-hjklm"), "x", 1)));
  }

  @Test
  void namesThatDifferOnlyInWhatIsLeftOutStayApart() {
    assertThat(ObjectNames.of(new AttemptId(RUN, "Train", 1)))
        .isNotEqualTo(ObjectNames.of(new AttemptId(RUN, "train", 1)))
        .isNotEqualTo(ObjectNames.of(new AttemptId(RUN, "train!", 1)));
  }

  @Test
  void aLabelsValueIsTheTextWhereItCanBe() {
    assertThat(ObjectNames.label("train")).isEqualTo("train");
    assertThat(ObjectNames.label("train[relu]")).isEqualTo("train-relu-388ac783");
    assertThat(ObjectNames.label("")).isEqualTo("e3b0c442");
  }
}
