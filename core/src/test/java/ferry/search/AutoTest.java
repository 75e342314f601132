package ferry.search;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.search.chance.Stream;
import ferry.search.space.IntRange;
import ferry.search.space.Parameter;
import ferry.search.space.Point;
import ferry.search.space.Range;
import ferry.search.space.Space;
import ferry.search.space.SpaceReader;
import ferry.search.space.Value;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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

  private static Point point(String name, long value) {
    return Point.of(Map.of(name, new Value.Whole(value)));
  }

  private static List<String> tried(SearchPlan plan) {
    return Simulation.run(plan, (_, _, _) -> 0.5, Simulation.World.PLAIN, new Stream(1, 1))
        .trials()
        .stream()
        .map(trial -> trial.point().get("x").orElseThrow().text())
        .toList();
  }

  @Test
  void aKnownPointBetweenTheCombinationsIsTriedBesideThem() {
    var space = Space.of(SpaceReader.parameter("test", "x=int:1..9 count 3"));
    var plan =
        SearchPlan.of(space, Goal.MINIMIZE)
            .withPoints(List.of(point("x", 4), point("x", 5)))
            .withTrials(64, 2);

    assertThat(words(plan))
        .isEqualTo(
            "`grid`, since 64 trials can try all 3 combinations, and 1 known point beside them");
    assertThat(tried(plan)).containsExactly("4", "5", "1", "9");
    assertThat(tried(plan.withMethod("grid"))).containsExactly("4", "5", "1", "9");
    assertThat(words(plan.withMethod("grid")))
        .isEqualTo("every combination of values, and 1 known point beside them");
    assertThat(new Searcher(plan.withMethod("grid")).preview())
        .containsExactly(new Preview(4, OptionalLong.empty()));
  }

  @Test
  void whereTheTrialsAreTooFewForAllAndTheKnownOnesThereIsNoGrid() {
    var space = Space.of(SpaceReader.parameter("test", "x=int:1..9 count 3"));
    var plan =
        SearchPlan.of(space, Goal.MINIMIZE).withPoints(List.of(point("x", 4))).withTrials(9, 1);

    assertThat(words(plan)).startsWith("`gp`");
    assertThat(words(plan.withPoints(List.of(point("x", 5))))).startsWith("`grid`");
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
