package ferry.search;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.Seeds;
import ferry.search.chance.Stream;
import ferry.search.space.Choice;
import ferry.search.space.IntRange;
import ferry.search.space.Parameter;
import ferry.search.space.Point;
import ferry.search.space.Range;
import ferry.search.space.Space;
import ferry.search.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What every method promises. A method's test extends this and names its plan. */
abstract class SearcherContract {
  static final Space SPACE =
      Space.of(
          new Parameter("lr", Range.log(1e-4, 1e-1)),
          new Parameter("layers", IntRange.of(1, 4)),
          new Parameter(
              "optimizer", new Choice(List.of(new Value.Text("adam"), new Value.Text("sgd")))),
          new Parameter("momentum", Range.of(0, 0.99)).when("optimizer", new Value.Text("sgd")));

  /** The method over {@link #SPACE}, with settings, trials and a length as it needs them. */
  abstract SearchPlan plan();

  /** Better with lower lr, more layers, sgd; better with training; some trials fail. */
  private static double script(Point point, long seed, double length) {
    double lr = Math.log10(((Value.Real) point.get("lr").orElseThrow()).value());
    long layers = ((Value.Whole) point.get("layers").orElseThrow()).value();
    double momentum = point.get("momentum").map(value -> ((Value.Real) value).value()).orElse(-1.0);
    boolean fails = seed % 17 == 0 && length > 2;
    return fails
        ? Double.NaN
        : (lr + 2.5) * (lr + 2.5) + 0.1 * layers + momentum / 10 + 1 / (1 + length);
  }

  private Simulation.World world(RandomGenerator random) {
    return new Simulation.World(
        random.nextInt(1, 6), 20, random.nextInt(1, 5), random.nextDouble(), false);
  }

  @Test
  void theSameReportsInTheSameOrderGiveTheSameDecisions() {
    Seeds.each(
        3,
        random -> {
          var plan = plan().withSeed(random.nextInt(1000));
          var lived =
              Simulation.run(plan, SearcherContract::script, world(random), new Stream(1, 1));

          var again = new Searcher(plan);
          var actions = new ArrayList<SearchAction>();
          lived.events().forEach(event -> actions.addAll(again.on(event)));

          assertThat(actions).isEqualTo(lived.actions());
        });
  }

  @Test
  void beingWrittenDownAndReadBackBeforeEveryEventChangesNoDecision() {
    Seeds.each(
        3,
        random -> {
          var plan = plan().withSeed(random.nextInt(1000));
          var world = world(random);

          var whole = Simulation.run(plan, SearcherContract::script, world, new Stream(1, 1));
          var reborn =
              Simulation.run(
                  plan, SearcherContract::script, world.withReborn(true), new Stream(1, 1));

          assertThat(reborn.actions()).isEqualTo(whole.actions());
        });
  }

  @Test
  void everyPointLiesInTheSpace() {
    var lived =
        Simulation.run(
            plan(),
            SearcherContract::script,
            new Simulation.World(3, 20, 1, 0.3, false),
            new Stream(2, 1));

    assertThat(lived.trials()).isNotEmpty().allMatch(trial -> SPACE.contains(trial.point()));
  }

  @Test
  void noMoreTrialsAreMadeThanWanted() {
    var lived =
        Simulation.run(
            plan(),
            SearcherContract::script,
            new Simulation.World(3, 20, 1, 0.3, false),
            new Stream(3, 1));

    assertThat(lived.trials()).hasSizeLessThanOrEqualTo(plan().trials());
  }

  @Test
  void strangeReportsStallNothing() {
    Seeds.each(4, random -> endsWhateverHappens(plan().withSeed(random.nextInt(100)), random));
  }

  private static void endsWhateverHappens(SearchPlan plan, RandomGenerator random) {
    var searcher = new Searcher(plan);
    searcher.on(new SearchEvent.Begun());
    for (int i = 0; i < 200_000 && !searcher.finished(); i++) {
      var running =
          searcher.trials().stream()
              .filter(trial -> trial.state().active())
              .map(Trial::number)
              .toList();
      assertThat(running).as("a search that is not over has work").isNotEmpty();
      int trial = running.get(random.nextInt(running.size()));
      searcher.on(strange(trial, random));
    }
    assertThat(searcher.finished()).as(searcher.snapshot()).isTrue();
    assertThat(searcher.progress()).isEqualTo(1);
  }

  private static SearchEvent strange(int trial, RandomGenerator random) {
    return switch (random.nextInt(9)) {
      case 0 ->
          new SearchEvent.Reported(trial, java.util.OptionalDouble.empty(), random.nextDouble());
      case 1 -> new SearchEvent.Reported(trial, random.nextDouble(0, 40), Double.NaN);
      case 2 -> new SearchEvent.Reported(trial, Double.NaN, Double.NEGATIVE_INFINITY);
      case 3 -> new SearchEvent.Reported(trial, 20, random.nextInt(3));
      case 4 -> new SearchEvent.Reported(random.nextInt(-3, 300), 1, 0);
      case 5 -> new SearchEvent.Ended(trial, Ending.FINISHED);
      case 6 -> new SearchEvent.Ended(trial, Ending.FAILED);
      case 7 ->
          new SearchEvent.Ended(trial, random.nextBoolean() ? Ending.INVALID : Ending.STOPPED);
      default -> new SearchEvent.Reported(trial, random.nextInt(20), random.nextDouble());
    };
  }

  @Test
  void whereEveryTrialFailsTheSearchEnds() {
    var lived =
        Simulation.run(
            plan(),
            (_, _, _) -> Double.NaN,
            new Simulation.World(2, 20, 1, 0, false),
            new Stream(1, 1));

    assertThat(lived.best()).isZero();
    assertThat(lived.trials()).isNotEmpty();
  }

  @Test
  void aTrialThatHangsKeepsNoOtherFromBeingMade() {
    var plan = plan().withTrials(Math.min(plan().trials(), 30), 3);
    var searcher = new Searcher(plan);
    searcher.on(new SearchEvent.Begun());
    for (int i = 0;
        i < 10_000
            && searcher.trials().stream()
                .anyMatch(trial -> trial.number() != 1 && trial.state().active());
        i++) {
      var next =
          searcher.trials().stream()
              .filter(trial -> trial.number() != 1 && trial.state().active())
              .findFirst()
              .orElseThrow();
      searcher.on(
          next.state() == Trial.State.STOPPING
              ? new SearchEvent.Ended(next.number(), Ending.STOPPED)
              : new SearchEvent.Reported(next.number(), next.length() + 20, next.number()));
      searcher.on(new SearchEvent.Ended(next.number(), Ending.FINISHED));
    }

    assertThat(searcher.trials())
        .hasSizeGreaterThanOrEqualTo(trialsDespiteOneHanging(plan.trials()));
    assertThat(searcher.on(new SearchEvent.Ended(1, Ending.FAILED))).isNotNull();
  }

  /** How many trials there must be though the first never says a word. */
  int trialsDespiteOneHanging(int trials) {
    return trials;
  }
}
