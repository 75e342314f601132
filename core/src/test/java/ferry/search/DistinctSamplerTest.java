package ferry.search;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.search.chance.Stream;
import ferry.search.space.Choice;
import ferry.search.space.IntRange;
import ferry.search.space.Parameter;
import ferry.search.space.Point;
import ferry.search.space.Space;
import ferry.search.space.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where there are only so many points, none is tried twice before all were. */
class DistinctSamplerTest {
  private static final Space GRID =
      Space.of(new Parameter("a", IntRange.of(1, 10)), new Parameter("b", IntRange.of(1, 10)));
  private static final Space CONDITIONAL =
      Space.of(
          new Parameter(
              "optimizer", new Choice(List.of(new Value.Text("adam"), new Value.Text("sgd")))),
          new Parameter("momentum", IntRange.log(1, 40)).when("optimizer", new Value.Text("sgd")));
  private static final Space LARGE =
      Space.of(new Parameter("a", IntRange.of(1, 4000)), new Parameter("b", IntRange.of(1, 4)));

  private static double bowl(Point point, long seed, double length) {
    return point.values().values().stream().mapToDouble(DistinctSamplerTest::loss).sum();
  }

  private static double loss(Value value) {
    return value instanceof Value.Whole(long number) ? (number - 3.0) * (number - 3.0) : 0;
  }

  private static List<Point> points(Space space, String method, int trials, int parallel) {
    var plan =
        SearchPlan.of(space, Goal.MINIMIZE)
            .withMethod(method)
            .withTrials(trials, parallel)
            .withSeed(3);
    var world = new Simulation.World(parallel, 1, 1, 0.3, true);
    return Simulation.run(plan, DistinctSamplerTest::bowl, world, new Stream(1, 1))
        .trials()
        .stream()
        .map(Trial::point)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gp", "tpe", "cma-es", "sobol", "auto"})
  void noPointIsTriedTwiceWhileThereAreOthers(String method) {
    assertThat(points(GRID, method, 60, 4)).hasSize(60).doesNotHaveDuplicates();
    assertThat(points(LARGE, method, 60, 4)).hasSize(60).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gp", "tpe", "cma-es", "sobol"})
  void soManyTrialsAsThereArePointsTryThemAll(String method) {
    assertThat(points(CONDITIONAL, method, 41, 3)).hasSize(41).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gp", "tpe", "cma-es", "sobol"})
  void whereAllWereTriedTheTrialsThatAreLeftTryThemAgain(String method) {
    var points = points(CONDITIONAL, method, 50, 3);

    assertThat(points).hasSize(50);
    assertThat(points.stream().distinct()).hasSize(41);
  }

  @Test
  void whatAnEarlierSearchTriedCountsAsTried() {
    var first = points(CONDITIONAL, "sobol", 30, 1);
    var plan =
        SearchPlan.of(CONDITIONAL, Goal.MINIMIZE)
            .withMethod("tpe")
            .withTrials(11, 1)
            .withSeed(4)
            .withEarlier(first.stream().map(point -> new Observation(point, 1)).toList());

    assertThat(
            Simulation.run(
                    plan, DistinctSamplerTest::bowl, Simulation.World.PLAIN, new Stream(1, 1))
                .trials())
        .extracting(Trial::point)
        .hasSize(11)
        .doesNotContainAnyElementsOf(first)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gp", "tpe", "cma-es", "sobol"})
  void pointsOnRecordAreTakenAsTheyWere(String method) {
    var points = points(GRID, method, 12, 12);
    var plan = SearchPlan.of(GRID, Goal.MINIMIZE).withMethod(method).withTrials(13, 13).withSeed(3);
    var searcher = new Searcher(plan);
    searcher.recall(points.reversed());
    searcher.on(new SearchEvent.Begun());

    assertThat(searcher.trials().subList(0, 12))
        .extracting(Trial::point)
        .isEqualTo(points.reversed());
    assertThat(points).doesNotContain(searcher.trials().getLast().point());
  }
}
