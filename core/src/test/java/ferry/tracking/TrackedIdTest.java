package ferry.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.RunId;
import org.junit.jupiter.api.Test;

class TrackedIdTest {
  private static final RunId RUN = new RunId("digits-x7k2p");

  @Test
  void aRunIsTrackedUnderItsName() {
    assertThat(TrackedId.of(RUN).value()).isEqualTo("digits-x7k2p");
  }

  @Test
  void aStepRunIsTrackedUnderANameThatCanBeRead() {
    assertThat(TrackedId.of(RUN, "prepare_data").value()).isEqualTo("digits-x7k2p_prepare_data");
  }

  @Test
  void aNameThatIsNotPlainGetsAHash() {
    assertThat(TrackedId.of(RUN, "train[relu]").value())
        .matches("digits-x7k2p__train-relu-[0-9a-f]{12}")
        .isNotEqualTo(TrackedId.of(RUN, "train-relu").value())
        .isNotEqualTo(TrackedId.of(RUN, "train[relu ]").value());
  }

  @Test
  void aTextWithOtherCharactersIsNoName() {
    assertThat(TrackedId.isGood("a/b")).isFalse();
    assertThat(TrackedId.isGood("-a")).isFalse();
    assertThat(TrackedId.isGood("")).isFalse();
  }
}
