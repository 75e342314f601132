package ferry.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ferry.search.chance.Stream;
import ferry.search.space.Parameter;
import ferry.search.space.Range;
import ferry.search.space.Space;
import ferry.search.space.Value;
import org.junit.jupiter.api.Test;

class ImportanceTest {
  private static final Space SPACE =
      Space.of(
          new Parameter("none", Range.of(0, 1)),
          new Parameter("much", Range.of(0, 1)),
          new Parameter("some", Range.of(0, 1)));
  private static final SearchPlan PLAN =
      SearchPlan.of(SPACE, Goal.MAXIMIZE).withMethod("random").withTrials(120, 1);

  private static double script(ferry.search.space.Point point) {
    double much = ((Value.Real) point.get("much").orElseThrow()).value();
    double some = ((Value.Real) point.get("some").orElseThrow()).value();
    return much + 0.3 * some;
  }

  private static Simulation.Outcome lived(Simulation.Script script) {
    return Simulation.run(PLAN, script, Simulation.World.PLAIN, new Stream(1, 1));
  }

  @Test
  void theParameterThatDecidesComesFirstAndTheIdleOneLast() {
    var trials = lived((point, _, _) -> script(point)).trials();

    var shares = Importance.of(SPACE, Goal.MAXIMIZE, trials, 1);

    assertThat(shares.sequencedKeySet()).containsExactly("much", "some", "none");
    assertThat(shares.get("much")).isGreaterThan(0.7);
    assertThat(shares.get("none")).isLessThan(0.05);
    assertThat(shares.values().stream().mapToDouble(share -> share).sum())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void equalSeedsGiveEqualShares() {
    var trials = lived((point, _, _) -> script(point)).trials();

    assertThat(Importance.of(SPACE, Goal.MAXIMIZE, trials, 7))
        .isEqualTo(Importance.of(SPACE, Goal.MAXIMIZE, trials, 7));
  }

  @Test
  void whereEveryTrialReportsTheSameNothingCanBeSaid() {
    assertThat(Importance.of(SPACE, Goal.MAXIMIZE, lived((_, _, _) -> 3).trials(), 1)).isEmpty();
  }
}
