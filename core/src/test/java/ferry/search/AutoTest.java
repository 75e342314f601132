package ferry.search;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.search.space.IntRange;
import ferry.search.space.Parameter;
import ferry.search.space.Range;
import ferry.search.space.Space;
import org.junit.jupiter.api.Test;

/** What auto takes, and what it says. */
class AutoTest {
  private static final Space WIDE = Space.of(new Parameter("x", Range.of(0, 1)));

  private static String words(SearchPlan plan) {
    return new Searcher(plan).words();
  }

  @Test
  void aSmallSpaceIsTriedWhole() {
    var plan = SearchPlan.of(Space.of(new Parameter("x", IntRange.of(1, 4))), Goal.MINIMIZE);

    assertThat(words(plan)).isEqualTo("`grid`, since 64 trials can try all 4 combinations");
  }

  @Test
  void fewTrialsAreModelledByAProcess() {
    assertThat(words(SearchPlan.of(WIDE, Goal.MINIMIZE)))
        .isEqualTo("`gp`, which learns most from few trials");
  }

  @Test
  void manyTrialsGoToTpe() {
    assertThat(words(SearchPlan.of(WIDE, Goal.MINIMIZE).withTrials(5000, 4)))
        .isEqualTo("`tpe`, since 5000 trials of 1 parameters are many for `gp`");
  }

  @Test
  void whereTrainingHasALengthWeakTrialsAreStopped() {
    assertThat(words(SearchPlan.of(WIDE, Goal.MINIMIZE).withLength(27)))
        .isEqualTo(
            "`asha` over points by `tpe`, since training has a length and weak trials can be"
                + " stopped early");
  }
}
