package ferry.search;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.search.chance.Stream;
import ferry.search.space.IntRange;
import ferry.search.space.Parameter;
import ferry.search.space.Point;
import ferry.search.space.Power;
import ferry.search.space.Range;
import ferry.search.space.Space;
import ferry.search.space.Value;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The arithmetic of Determined's population based training. */
class PbtPacerTest {
  private static final Space SPACE =
      Space.of(
          new Parameter("layers", IntRange.of(1, 10)),
          new Parameter("drop", Range.of(0, 1)),
          new Parameter("lr", new Power(10, -4, -1, OptionalInt.empty())));
  private static final SearchPlan PLAN =
      SearchPlan.of(SPACE, Goal.MINIMIZE)
          .withTrials(100, 0)
          .withMethod(
              "pbt",
              Map.of(
                  "population_size",
                  "5",
                  "num_rounds",
                  "2",
                  "length_per_round",
                  "3",
                  "truncate_fraction",
                  "0.2"));

  private static Point explored(String resample, Point parent, long number) {
    var settings = Map.of("length_per_round", "1", "resample_probability", resample);
    var plan = PLAN.withMethod("pbt", settings);
    return new PbtPacer(plan, new Settings(plan, "pbt", Methods.settings("pbt")))
        .explored(parent, new Stream(1, number));
  }

  @Test
  void aPopulationThatThereAreNoTrialsForIsTold() {
    var plan = PLAN.withTrials(3, 0);
    assertThat(new Searcher(plan).words())
        .startsWith(
            "population based training, 3 at a time and not 5, for there are to be no more trials");
    assertThat(new Searcher(PLAN).words())
        .isEqualTo("population based training, 5 at a time, over points by random");
  }

  @Test
  void theWeakestGivesWayToACopyOfTheBest() {
    var searcher = new Searcher(PLAN);
    searcher.on(new SearchEvent.Begun());
    for (int trial = 1; trial < 5; trial++) {
      assertThat(searcher.on(new SearchEvent.Reported(trial, 3, trial)))
          .containsExactly(new SearchAction.Pause(trial));
    }

    var actions = searcher.on(new SearchEvent.Reported(5, 3, 5));

    assertThat(actions).hasSize(6).first().isEqualTo(new SearchAction.Pause(5));
    assertThat(actions.get(1))
        .isInstanceOfSatisfying(
            SearchAction.Create.class,
            create -> assertThat(create.parent()).isEqualTo(OptionalInt.of(1)));
    assertThat(actions.subList(2, 6))
        .isEqualTo(
            List.of(
                new SearchAction.Continue(1, 6),
                new SearchAction.Continue(2, 6),
                new SearchAction.Continue(3, 6),
                new SearchAction.Continue(4, 6)));
  }

  @Test
  void noMoreTrialsAreMadeThanWantedAndThePreviewSaysWhich() {
    var plan = PLAN.withMethod("pbt").withTrials(10, 2).withLength(10);
    var world = new Simulation.World(2, 10, 1, 0, false);
    Simulation.Script script =
        (point, _, length) -> ((Value.Real) point.get("drop").orElseThrow()).value() / length;
    var lived = Simulation.run(plan, script, world, new Stream(1, 1));

    assertThat(lived.trials()).hasSize(10);
    assertThat(lived.trials().stream().filter(trial -> trial.parent().isPresent())).hasSize(5);
    assertThat(new Searcher(plan).preview())
        .isEqualTo(
            List.of(
                new Preview(1, OptionalLong.of(1)),
                new Preview(1, OptionalLong.of(2)),
                new Preview(1, OptionalLong.of(3)),
                new Preview(1, OptionalLong.of(4)),
                new Preview(1, OptionalLong.of(5)),
                new Preview(5, OptionalLong.of(10))));
  }

  @Test
  void whereNoTrialIsLeftForThoseThatFailedTheOthersGoOn() {
    var plan = PLAN.withMethod("pbt").withTrials(6, 0).withLength(10);
    var world = new Simulation.World(0, 10, 1, 0, false);
    Simulation.Script script =
        (point, seed, length) -> length > 4 && seed % 2 == 0 ? Double.NaN : 1 / length;
    var lived = Simulation.run(plan, script, world, new Stream(1, 1));

    assertThat(lived.trials()).hasSizeLessThanOrEqualTo(6);
    assertThat(lived.trials()).anyMatch(trial -> trial.length() == 10);
    assertThat(lived.trials()).anyMatch(trial -> trial.state() == Trial.State.FAILED);
  }

  @Test
  void wholeNumbersRoundAwayFromWhereTheyWereAndStayInTheirRange() {
    var values =
        Map.<String, Value>of(
            "layers", new Value.Whole(7), "drop", new Value.Real(0.9), "lr", new Value.Real(0.09));
    for (long number = 0; number < 40; number++) {
      var point = explored("0", Point.of(values), number);

      assertThat(point.get("layers").orElseThrow().text()).isIn("5", "9");
      assertThat(((Value.Real) point.get("drop").orElseThrow()).value()).isIn(0.9 * 0.8, 1.0);
      assertThat(((Value.Real) point.get("lr").orElseThrow()).value()).isIn(0.09 * 0.8, 0.1);
    }
  }

  @Test
  void drawnAnewEverythingMayCome() {
    var values =
        Map.<String, Value>of(
            "layers", new Value.Whole(7), "drop", new Value.Real(0.9), "lr", new Value.Real(0.09));

    assertThat(SPACE.contains(explored("1", Point.of(values), 3))).isTrue();
    assertThat(explored("1", Point.of(values), 3)).isNotEqualTo(explored("1", Point.of(values), 4));
  }
}
