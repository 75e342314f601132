package ferry.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.search.chance.Stream;
import ferry.search.space.IntRange;
import ferry.search.space.Parameter;
import ferry.search.space.Space;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Numbers from Determined's own tests, and Katib's Hyperband. */
class BracketsTest {
  private static final Space SPACE = Space.of(new Parameter("x", IntRange.of(0, 10)));
  private static final SearchPlan PLAN = SearchPlan.of(SPACE, Goal.MINIMIZE);

  private static List<Integer> trials(int trials, double divisor, Integer... rungs) {
    return Brackets.shares(List.of(rungs), divisor, trials, 0).stream()
        .map(Brackets.Share::trials)
        .toList();
  }

  private static List<Integer> concurrent(int concurrent, double divisor, List<Integer> trials) {
    return Brackets.concurrentOf(trials, divisor, concurrent);
  }

  private static List<Long> rungs(int count, double divisor, long length) {
    return Rung.of(count, divisor, length).stream().map(Rung::units).toList();
  }

  private static Rung rung(double... losses) {
    var rung = new Rung(1);
    for (double loss : losses) {
      rung.insertAfter(1, loss, false);
    }
    return rung;
  }

  @Test
  void trialsAreSharedByWeight() {
    assertThat(trials(20, 3, 3, 2, 1)).containsExactly(12, 5, 3);
    assertThat(trials(50, 3, 4, 3)).containsExactly(35, 15);
    assertThat(trials(50, 4, 3, 2)).containsExactly(37, 13);
    assertThat(trials(100, 4, 4, 3, 2)).containsExactly(70, 22, 8);
  }

  @Test
  void placesAreSharedEvenly() {
    assertThat(concurrent(0, 3, List.of(9, 3, 1))).containsExactly(3, 3, 3);
    assertThat(concurrent(11, 3, List.of(9, 3, 1))).containsExactly(4, 4, 3);
    assertThat(concurrent(0, 4, List.of(40, 10))).containsExactly(10, 10);
  }

  @Test
  void aRungNeedsADivisorLessThanTheNext() {
    assertThat(rungs(3, 3, 9)).containsExactly(1L, 3L, 9L);
    assertThat(rungs(4, 2, 10)).containsExactly(1L, 2L, 5L, 10L);
    assertThat(rungs(1, 3, 9)).containsExactly(9L);
    assertThat(rungs(3, 3, 900)).containsExactly(100L, 300L, 900L);
  }

  @Test
  void rungsAreCountedAsDeterminedCountsThem() {
    assertThat(Brackets.mostRungs(10, 3, 243, 1_000_000)).isEqualTo(5);
    assertThat(Brackets.mostRungs(10, 10, 1000, 1_000_000)).isEqualTo(3);
    assertThat(Brackets.mostRungs(10, 5, 125, 1_000_000)).isEqualTo(4);
    assertThat(Brackets.mostRungs(10, 3, 900, 10)).isEqualTo(3);
  }

  @Test
  void aNewResultGoesBeforeItsEquals() {
    assertThat(rung(0, 1.5, 2.1).insert(2, 1.2)).isEqualTo(1);
    assertThat(rung(0, 1.5, 2).insert(2, 3.0)).isEqualTo(3);
    assertThat(rung(-3, -2, -1).insert(2, -3.4)).isZero();
    assertThat(rung(1, 2, 2, 3).insert(2, 2)).isEqualTo(1);
  }

  @Test
  void theFirstReportGoesOnAndAWorseSecondStops() {
    var plan =
        PLAN.withMethod("asha", Map.of("divisor", "3", "num_rungs", "3"))
            .withTrials(2, 2)
            .withLength(9);
    var searcher = new Searcher(plan);
    searcher.on(new SearchEvent.Begun());

    assertThat(searcher.on(new SearchEvent.Reported(1, 1, 0.5))).isEmpty();
    assertThat(searcher.on(new SearchEvent.Reported(2, 1, 0.6)))
        .containsExactly(new SearchAction.Stop(2, "it came 2 of 2 after 1"));
  }

  @Test
  void aBetterSecondReportGoesOn() {
    var plan =
        PLAN.withMethod("asha", Map.of("divisor", "3", "num_rungs", "3"))
            .withTrials(2, 2)
            .withLength(9);
    var searcher = new Searcher(plan);
    searcher.on(new SearchEvent.Begun());
    searcher.on(new SearchEvent.Reported(1, 1, 0.5));

    assertThat(searcher.on(new SearchEvent.Reported(2, 1, 0.4))).isEmpty();
  }

  @Test
  void previewsAsDeterminedDoes() {
    var plan =
        PLAN.withMethod("adaptive_asha", Map.of("max_rungs", "10", "divisor", "3"))
            .withTrials(10, 5)
            .withLength(900);

    assertThat(new Searcher(plan).preview())
        .containsExactly(
            new Preview(5, OptionalLong.of(100)),
            new Preview(3, OptionalLong.of(300)),
            new Preview(2, OptionalLong.of(900)));
  }

  @Test
  void ofTenTrialsThatGetWorseOnlyTheFirstIsTrainedToTheEnd() {
    var plan =
        PLAN.withMethod("asha", Map.of("divisor", "3", "num_rungs", "3"))
            .withTrials(10, 3)
            .withLength(900);
    var lived =
        Simulation.run(
            plan, new Worse(), new Simulation.World(0, 900, 100, 0, false), new Stream(1, 1));

    assertThat(lived.trials())
        .extracting(Trial::length)
        .containsExactlyInAnyOrder(
            900.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0);
  }

  private static final class Worse implements Simulation.Script {
    private double next;

    @Override
    public double metric(ferry.search.space.Point point, long seed, double length) {
      return next++;
    }
  }

  @Test
  void aConstantMetricPromotesAThirdAtEachRung() {
    var plan =
        PLAN.withMethod("asha", Map.of("divisor", "3", "num_rungs", "3", "stop_once", "false"))
            .withTrials(12, 12)
            .withLength(9);
    var lived =
        Simulation.run(
            plan, (_, _, _) -> 1, new Simulation.World(0, 9, 1, 0, false), new Stream(1, 1));

    assertThat(lived.trials())
        .extracting(Trial::length)
        .filteredOn(length -> length == 1)
        .hasSize(8);
    assertThat(lived.trials())
        .extracting(Trial::length)
        .filteredOn(length -> length == 3)
        .hasSize(3);
    assertThat(lived.trials())
        .extracting(Trial::length)
        .filteredOn(length -> length == 9)
        .hasSize(1);
  }

  @Test
  void anInvalidTrialLosesItsResultsAndIsReplaced() {
    var plan =
        PLAN.withMethod("asha", Map.of("divisor", "3", "num_rungs", "2"))
            .withTrials(2, 2)
            .withLength(9);
    var searcher = new Searcher(plan);
    searcher.on(new SearchEvent.Begun());
    searcher.on(new SearchEvent.Reported(1, 3, 0.1));
    searcher.on(new SearchEvent.Ended(1, Ending.INVALID));

    assertThat(searcher.trials()).hasSize(3);
    assertThat(searcher.on(new SearchEvent.Reported(2, 3, 0.9))).isEmpty();
  }

  @Test
  void hyperbandHasKatibsBrackets() {
    var plan = PLAN.withMethod("hyperband", Map.of("eta", "3")).withTrials(17, 9).withLength(9);

    assertThat(new Searcher(plan).preview())
        .containsExactly(
            new Preview(6, OptionalLong.of(1)),
            new Preview(5, OptionalLong.of(3)),
            new Preview(6, OptionalLong.of(9)));
    var lived =
        Simulation.run(
            plan,
            (point, _, length) -> length,
            new Simulation.World(0, 9, 1, 0, false),
            new Stream(1, 1));
    assertThat(lived.trials())
        .extracting(Trial::length)
        .filteredOn(length -> length == 1)
        .hasSize(6);
    assertThat(lived.trials())
        .extracting(Trial::length)
        .filteredOn(length -> length == 9)
        .hasSize(6);
  }

  @Test
  void aMethodThatPacesNeedsALength() {
    assertThatThrownBy(() -> new Searcher(PLAN.withMethod("asha")))
        .hasMessage("method `asha` needs `length`");
  }

  @Test
  void settingsAreCheckedByName() {
    assertThatThrownBy(() -> new Searcher(PLAN.withMethod("asha", Map.of("divsor", "3"))))
        .hasMessage("method `asha` has no setting `divsor`");
    assertThatThrownBy(
            () -> new Searcher(PLAN.withLength(9).withMethod("asha", Map.of("divisor", "1"))))
        .hasMessage("`divisor` is `1`; expected a number above 1");
  }

  @Test
  void tenThousandTrialsKeepASmallState() {
    var plan = PLAN.withMethod("adaptive_asha").withTrials(10_000, 100).withLength(256);
    var lived =
        Simulation.run(
            plan,
            (point, seed, length) -> seed % 1000 + 1 / length,
            new Simulation.World(100, 256, 16, 0.5, false),
            new Stream(1, 1));
    var searcher = new Searcher(plan);
    lived.events().forEach(searcher::on);

    assertThat(lived.trials()).hasSize(10_000);
    assertThat(searcher.snapshot()).hasSizeLessThan(2_000_000);
  }
}
