package ferry.search;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.search.chance.Stream;
import ferry.search.space.Choice;
import ferry.search.space.IntRange;
import ferry.search.space.Parameter;
import ferry.search.space.Point;
import ferry.search.space.Range;
import ferry.search.space.Scale;
import ferry.search.space.Space;
import ferry.search.space.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Population based training as Katib does it: a trial is a generation of a member. */
class GenerationPacerTest {
  private static final Space SPACE =
      Space.of(
          new Parameter("layers", IntRange.of(1, 10)),
          new Parameter("drop", Range.of(0, 1)),
          new Parameter(
              "rate",
              new Range(
                  0.0001, 0.02, Scale.LINEAR, OptionalDouble.of(0.0001), OptionalInt.empty())),
          new Parameter(
              "optimizer",
              new Choice(
                  List.of(new Value.Text("adam"), new Value.Text("sgd"), new Value.Text("lion")))));
  private static final Map<String, String> SETTINGS =
      Map.of("length_per_round", "whole", "population_size", "5", "truncate_fraction", "0.2");
  private static final SearchPlan PLAN =
      SearchPlan.of(SPACE, Goal.MAXIMIZE).withTrials(20, 2).withMethod("pbt", SETTINGS);

  private static Point explored(Map<String, String> more, long number) {
    var settings = new LinkedHashMap<>(SETTINGS);
    settings.putAll(more);
    var plan = PLAN.withMethod("pbt", settings);
    var values =
        Map.<String, Value>of(
            "layers",
            new Value.Whole(7),
            "drop",
            new Value.Real(0.9),
            "rate",
            new Value.Real(0.0011),
            "optimizer",
            new Value.Text("lion"));
    return new GenerationPacer(plan, new Settings(plan, "pbt", Methods.settings("pbt")))
        .explored(Point.of(values), new Stream(1, number));
  }

  private static Searcher begun() {
    var searcher = new Searcher(PLAN);
    searcher.on(new SearchEvent.Begun());
    return searcher;
  }

  private static List<SearchAction> finished(Searcher searcher, int trial, double value) {
    searcher.on(new SearchEvent.Reported(trial, 20, value));
    return searcher.on(new SearchEvent.Ended(trial, Ending.FINISHED));
  }

  @Test
  void nobodyIsStoppedHoweverLongItTrains() {
    var searcher = begun();
    assertThat(searcher.on(new SearchEvent.Reported(1, 1_000_000, 0.5))).isEmpty();
  }

  @Test
  void untilThePopulationHasEndedPlacesAreFilledByChance() {
    var searcher = begun();
    for (int trial = 1; trial <= 5; trial++) {
      assertThat(finished(searcher, trial, trial / 10.0))
          .singleElement()
          .isInstanceOfSatisfying(
              SearchAction.Create.class,
              create -> {
                assertThat(create.parent()).isEmpty();
                assertThat(create.length()).isEmpty();
              });
    }
  }

  @Test
  void ofAGenerationTheWeakestTakeOverAStrongOneAndAllOthersGoOnALittleChanged() {
    var searcher = begun();
    IntStream.rangeClosed(1, 12).forEach(trial -> finished(searcher, trial, trial / 100.0));
    var children = searcher.trials().subList(7, 12);

    assertThat(children).allMatch(trial -> trial.parent().isPresent());
    assertThat(children.getFirst().point())
        .isEqualTo(searcher.trials().get(children.getFirst().parent().getAsInt() - 1).point());
    assertThat(children.getFirst().parent().getAsInt()).isIn(5, 6);
    assertThat(children.subList(1, 5))
        .allMatch(trial -> trial.parent().getAsInt() > 1)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatFailedHasNoChildren() {
    var searcher = begun();
    searcher.on(new SearchEvent.Reported(1, 1, 99));
    searcher.on(new SearchEvent.Ended(1, Ending.FAILED));
    IntStream.rangeClosed(2, 19).forEach(trial -> finished(searcher, trial, trial / 100.0));
    assertThat(searcher.trials()).noneMatch(trial -> trial.parent().orElse(0) == 1);
  }

  @Test
  void valuesChangeByAFifthCutToWholeNumbersOrMoveOnToTheirNeighbour() {
    for (long number = 0; number < 40; number++) {
      var point = explored(Map.of(), number);
      assertThat(SPACE.contains(point)).isTrue();
      assertThat(point.get("layers").orElseThrow().text()).isIn("5", "8");
      assertThat(((Value.Real) point.get("drop").orElseThrow()).value()).isIn(0.9 * 0.8, 1.0);
      assertThat(point.get("rate").orElseThrow().text()).isIn("0.0009", "0.0013");
      assertThat(point.get("optimizer").orElseThrow().text()).isIn("sgd", "adam");
    }
  }

  @Test
  void withAChanceOfBeingDrawnAnewTheOthersStayAsTheyWere() {
    var never = explored(Map.of("resample_probability", "0"), 3);
    assertThat(never.get("layers")).contains(new Value.Whole(7));
    assertThat(never.get("optimizer")).contains(new Value.Text("lion"));
    assertThat(SPACE.contains(explored(Map.of("resample_probability", "1"), 3))).isTrue();
    assertThat(explored(Map.of("resample_probability", "1"), 3)).isNotEqualTo(never);
  }
}
