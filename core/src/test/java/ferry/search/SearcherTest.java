package ferry.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.search.space.Choice;
import ferry.search.space.IntRange;
import ferry.search.space.Parameter;
import ferry.search.space.Point;
import ferry.search.space.Range;
import ferry.search.space.Space;
import ferry.search.space.Value;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every search does, whatever its method. */
class SearcherTest {
  private static final Space SPACE = Space.of(new Parameter("x", Range.of(0, 1)));
  private static final SearchPlan PLAN =
      SearchPlan.of(SPACE, Goal.MAXIMIZE).withMethod("random").withTrials(3, 2);

  private static Searcher begun(SearchPlan plan) {
    var searcher = new Searcher(plan);
    searcher.on(new SearchEvent.Begun());
    return searcher;
  }

  private static SearchAction.Create only(List<SearchAction> actions) {
    assertThat(actions).hasSize(1);
    return (SearchAction.Create) actions.getFirst();
  }

  @Test
  void beginsWithSoManyTrialsAsMayRunAtOnce() {
    var actions = new Searcher(PLAN).on(new SearchEvent.Begun());

    assertThat(actions)
        .extracting(action -> ((SearchAction.Create) action).trial())
        .containsExactly(1, 2);
  }

  @Test
  void aTrialThatEndsMakesRoomForTheNextUntilAllAreDone() {
    var searcher = begun(PLAN);

    assertThat(only(searcher.on(new SearchEvent.Ended(1, Ending.FINISHED))).trial()).isEqualTo(3);
    assertThat(searcher.on(new SearchEvent.Ended(2, Ending.FAILED))).isEmpty();
    assertThat(searcher.on(new SearchEvent.Ended(3, Ending.FINISHED)))
        .containsExactly(new SearchAction.Finish("all 3 trials are done"));
    assertThat(searcher.finished()).isTrue();
  }

  @Test
  void anInvalidTrialIsReplacedAndCostsNothing() {
    var searcher = begun(PLAN);
    searcher.on(new SearchEvent.Ended(1, Ending.INVALID));
    searcher.on(new SearchEvent.Ended(2, Ending.FINISHED));

    assertThat(searcher.trials()).hasSize(4);
  }

  @Test
  void theBestTrialIsTheOneWithTheBestReport() {
    var searcher = begun(PLAN);
    searcher.on(new SearchEvent.Reported(1, 1, 0.5));
    searcher.on(new SearchEvent.Reported(2, 1, 0.7));
    searcher.on(new SearchEvent.Reported(2, 2, 0.1));
    searcher.on(new SearchEvent.Reported(1, 2, Double.POSITIVE_INFINITY));
    searcher.on(new SearchEvent.Reported(1, 3, Double.NaN));

    assertThat(searcher.best().orElseThrow().number()).isEqualTo(2);
    assertThat(searcher.best().orElseThrow().best()).isEqualTo(0.7);
  }

  @Test
  void aTrialThatFailedIsNeverTheBest() {
    var searcher = begun(PLAN);
    searcher.on(new SearchEvent.Reported(1, 1, 0.9));
    searcher.on(new SearchEvent.Reported(2, 1, 0.7));
    searcher.on(new SearchEvent.Ended(1, Ending.FAILED));

    assertThat(searcher.best().orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void whereTheLastReportCountsATrialCanFallBack() {
    var searcher = begun(PLAN.withStrategy(Strategy.LAST));
    searcher.on(new SearchEvent.Reported(1, 1, 0.5));
    searcher.on(new SearchEvent.Reported(2, 1, 0.7));
    searcher.on(new SearchEvent.Reported(2, 2, 0.1));

    assertThat(searcher.best().orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void lateRepeatedAndUnknownReportsChangeNothing() {
    var searcher = begun(PLAN);
    searcher.on(new SearchEvent.Ended(1, Ending.FINISHED));
    var before = searcher.snapshot();

    assertThat(searcher.on(new SearchEvent.Reported(1, 1, 0.9))).isEmpty();
    assertThat(searcher.on(new SearchEvent.Ended(1, Ending.FAILED))).isEmpty();
    assertThat(searcher.on(new SearchEvent.Reported(77, 1, 0.9))).isEmpty();
    assertThat(searcher.on(new SearchEvent.Ended(0, Ending.FAILED))).isEmpty();
    assertThat(searcher.on(new SearchEvent.Begun())).isEmpty();
    assertThat(searcher.snapshot()).isEqualTo(before);
  }

  @Test
  void aGoalThatIsReachedStopsTheOthersAndEndsTheSearch() {
    var searcher = begun(PLAN.withTarget(0.95));

    assertThat(searcher.on(new SearchEvent.Reported(1, 1, 0.96)))
        .containsExactly(
            new SearchAction.Stop(1, "trial 1 reached 0.95"),
            new SearchAction.Stop(2, "trial 1 reached 0.95"));
    assertThat(searcher.on(new SearchEvent.Ended(1, Ending.STOPPED))).isEmpty();
    assertThat(searcher.on(new SearchEvent.Ended(2, Ending.STOPPED)))
        .containsExactly(new SearchAction.Finish("trial 1 reached 0.95"));
  }

  @Test
  void tooManyFailuresEndTheSearch() {
    var searcher = begun(PLAN.withMaxFailures(0));

    assertThat(searcher.on(new SearchEvent.Ended(1, Ending.FAILED)))
        .contains(new SearchAction.Stop(2, "1 trials failed; at most 0 may"));
  }

  @Test
  void aSearchThatIsHaltedMakesNoMoreTrials() {
    var searcher = begun(PLAN);

    assertThat(searcher.on(new SearchEvent.Halted("2 hours are over"))).hasSize(2);
    searcher.on(new SearchEvent.Ended(1, Ending.STOPPED));
    assertThat(searcher.on(new SearchEvent.Ended(2, Ending.STOPPED)))
        .containsExactly(new SearchAction.Finish("2 hours are over"));
    assertThat(searcher.trials()).hasSize(2);
  }

  @Test
  void knownGoodPointsComeFirst() {
    var good = Point.of(Map.of("x", new Value.Real(0.25)));
    var actions = new Searcher(PLAN.withPoints(List.of(good))).on(new SearchEvent.Begun());

    assertThat(((SearchAction.Create) actions.getFirst()).point()).isEqualTo(good);
    assertThat(((SearchAction.Create) actions.getLast()).point()).isNotEqualTo(good);
  }

  @Test
  void aTrialIsTrainedForTheLengthAndThenStopped() {
    var searcher = new Searcher(PLAN.withLength(10));

    var create = (SearchAction.Create) searcher.on(new SearchEvent.Begun()).getFirst();
    assertThat(create.length()).isEqualTo(OptionalLong.of(10));
    assertThat(searcher.on(new SearchEvent.Reported(1, 9, 0.5))).isEmpty();
    assertThat(searcher.on(new SearchEvent.Reported(1, 10, 0.5)))
        .containsExactly(new SearchAction.Stop(1, "it was trained for 10"));
  }

  @Test
  void equalSeedsDrawTheSamplesThatDeterminedDraws() {
    var space =
        Space.of(
            new Parameter("lr", Range.of(0, 1)),
            new Parameter("cat", new Choice(List.of(new Value.Text("a"), new Value.Text("b")))));
    var plan = SearchPlan.of(space, Goal.MINIMIZE).withMethod("random").withTrials(1, 1);

    var create = only(new Searcher(plan.withSeed(42)).on(new SearchEvent.Begun()));

    // By NumPy: r = RandomState(42); r.randint(2), r.uniform(), r.bytes(16), r.randint(1 << 31)
    assertThat(create.point().get("cat")).hasValue(new Value.Text("a"));
    assertThat(create.point().get("lr")).hasValue(new Value.Real(0.7965429868602328));
    assertThat(create.seed()).isEqualTo(415968276L);
  }

  @Test
  void aGridVisitsEveryCombinationTheFirstNameSlowest() {
    var axis1 = new IntRange(0, 20, false, 1, OptionalInt.of(3));
    var axis2 = new IntRange(0, 10, false, 1, OptionalInt.of(3));
    var space = Space.of(new Parameter("b", axis2), new Parameter("a", axis1));
    var plan = SearchPlan.of(space, Goal.MINIMIZE).withMethod("grid").withTrials(100, 100);

    var searcher = begun(plan);

    assertThat(searcher.trials())
        .extracting(trial ->
            trial.point().get("a").orElseThrow().text()
                + " "
                + trial.point().get("b").orElseThrow().text())
        .containsExactly("0 0", "0 5", "0 10", "10 0", "10 5", "10 10", "20 0", "20 5", "20 10");
  }

  @Test
  void aGridOverAContinuumNeedsACount() {
    assertThatThrownBy(() -> new Searcher(PLAN.withMethod("grid")))
        .hasMessage(
            "parameter `x` has a range without a count; expected a count, since a grid visits"
                + " single values");
  }

  @Test
  void aGridVisitsOnceWhatDiffersOnlyInWhatIsNotThere() {
    var optimizer = new Choice(List.of(new Value.Text("adam"), new Value.Text("sgd")));
    var momentum = new Parameter("momentum", IntRange.of(1, 3));
    var space =
        Space.of(
            new Parameter("optimizer", optimizer),
            momentum.when("optimizer", new Value.Text("sgd")));
    var plan = SearchPlan.of(space, Goal.MINIMIZE).withMethod("grid").withTrials(100, 100);

    assertThat(begun(plan).trials())
        .extracting(trial -> trial.point().json())
        .containsExactlyInAnyOrder(
            "{\"optimizer\":\"adam\"}",
            "{\"optimizer\":\"sgd\",\"momentum\":1}",
            "{\"optimizer\":\"sgd\",\"momentum\":2}",
            "{\"optimizer\":\"sgd\",\"momentum\":3}");
  }

  @Test
  void anUnknownMethodNamesTheNearest() {
    assertThatThrownBy(() -> new Searcher(PLAN.withMethod("randon")))
        .hasMessage("no search method is named `randon`")
        .isInstanceOfSatisfying(
            ferry.error.UserException.class,
            error -> assertThat(error.error().help()).containsExactly("did you mean `random`?"));
  }

  @Test
  void aWholeSearchSurvivesBeingWrittenDownBeforeEveryEvent() {
    var plan = PLAN.withTrials(20, 4).withSeed(9);
    var world = new Simulation.World(4, 5, 1, 0.5, false);
    Simulation.Script script =
        (point, _, length) -> ((Value.Real) point.get("x").orElseThrow()).value() * length;

    var whole = Simulation.run(plan, script, world, new ferry.search.chance.Stream(1, 1));
    var reborn =
        Simulation.run(plan, script, world.withReborn(true), new ferry.search.chance.Stream(1, 1));

    assertThat(reborn.actions()).isEqualTo(whole.actions());
    assertThat(whole.trials()).hasSize(20);
    assertThat(whole.units()).isEqualTo(100);
  }
}
