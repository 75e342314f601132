package ferry.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which lines of a log are shown where no metric was seen. */
class LikelyLinesTest {
  private final LikelyLines lines = new LikelyLines();

  @Test
  void theLastThreeInWhichAMetricWasFoundComeBeforeAllOthers() {
    lines.add("epoch=1 loss=0.4", true);
    lines.add("epoch=2 loss=0.3", true);
    lines.add("epoch=3 loss=0.2", true);
    lines.add("epoch=4 loss=0.1", true);
    lines.add("saved 4 files", false);
    assertThat(lines.lines())
        .containsExactly("epoch=2 loss=0.3", "epoch=3 loss=0.2", "epoch=4 loss=0.1");
  }

  @Test
  void withoutAnyThoseWithANumberAreShown() {
    lines.add("reading", false);
    lines.add("accuracy is 97 percent", false);
    lines.add("done", false);
    assertThat(lines.lines()).containsExactly("accuracy is 97 percent");
  }

  @Test
  void withoutNumbersTheLastThatSayAnythingAreShown() {
    lines.add("reading", false);
    lines.add("  ", false);
    lines.add("  done", false);
    assertThat(lines.lines()).containsExactly("reading", "done");
  }

  @Test
  void aLongLineIsCut() {
    lines.add("x".repeat(500), false);
    assertThat(lines.lines()).containsExactly("x".repeat(160) + "…");
  }
}
