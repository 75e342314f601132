package ferry.search;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.search.space.Space;
import ferry.search.space.SpaceReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What searches are said to cost before they begin. */
class ForecastTest {
  private static final SearchPlan PLAN =
      SearchPlan.of(Space.of(SpaceReader.parameter("test", "lr=0.0..1.0")), Goal.MINIMIZE)
          .withTrials(10, 2)
          .withLength(10);

  @Test
  void trialsInFullCostTheirLength() {
    assertThat(Forecast.of(PLAN.withMethod("gp"))).isEqualTo(new Forecast(100, 50));
  }

  @Test
  void veryManyTrialsAreNotSimulatedEach() {
    assertThat(Forecast.of(PLAN.withMethod("tpe").withTrials(1_000_000, 4)))
        .isEqualTo(new Forecast(10_000_000, 2_500_000));
  }

  @Test
  void copiesDoNotTrainWhatTheirParentsTrained() {
    assertThat(Forecast.of(PLAN.withMethod("pbt")).units()).isEqualTo(50);
  }

  @Test
  void aTrialThatIsToldItsLengthInAParameterTrainsAnewInEachRung() {
    var plan = PLAN.withTrials(17, 9).withLength(9);
    var told = Map.of("length_parameter", "epochs");

    assertThat(Forecast.of(plan.withMethod("hyperband", told)).units()).isEqualTo(87);
    assertThat(Forecast.of(plan.withMethod("hyperband")).units()).isEqualTo(75);
  }

  @Test
  void weakTrialsThatAreStoppedCostLess() {
    var whole = Forecast.of(PLAN.withMethod("random").withTrials(64, 4).withLength(27));
    var halved = Forecast.of(PLAN.withMethod("auto").withTrials(64, 4).withLength(27));

    assertThat(whole.units()).isEqualTo(64 * 27);
    assertThat(halved.units()).isBetween(0.1 * 64 * 27, 0.6 * 64 * 27);
    assertThat(halved.time()).isBetween(halved.units() / 4, halved.units() / 2);
  }
}
