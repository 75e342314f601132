package ferry.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.collect.LogMetrics;
import ferry.run.RunId;
import ferry.search.Ending;
import ferry.search.SearchPlan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much of its training lies behind a trial, by what it tells. */
class LengthsTest {
  private static final RunId ID = new RunId("digits-x7k2p");
  private static final SearchPlan PLAN = ExperimentsTest.PLAN.withTrials(1, 1);
  private static final SearchPlan ROUNDS =
      ExperimentsTest.PLAN
          .withMethod(
              "pbt",
              Map.of(
                  "population_size", "2",
                  "num_rounds", "3",
                  "length_per_round", "2",
                  "truncate_fraction", "0.5"))
          .withTrials(4, 2);

  private final Map<RunId, String> stopped = new LinkedHashMap<>();
  private final MemoryExperimentBook book = new MemoryExperimentBook();
  private Experiments experiments = reborn();

  private Experiments reborn() {
    var trials =
        new TrialRunner() {
          @Override
          public void start(Experiment experiment, TrialLaunch trial) {}

          @Override
          public void stop(RunId run, String why) {
            stopped.put(run, why);
          }

          @Override
          public void stopOnceSaved(RunId run, String why) {}
        };
    var instant = Instant.parse("2026-11-22T18:00:00Z");
    var next = new Experiments(book, trials, InstantSource.fixed(instant), _ -> {});
    next.recover();
    return next;
  }

  private void begin(SearchPlan plan, Optional<String> unit) {
    begin(plan, unit, Budget.NONE);
  }

  private void begin(SearchPlan plan, Optional<String> unit, Budget budget) {
    var objective =
        new Objective(
            "accuracy",
            unit,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var experiment = new Experiment(ExperimentsTest.template(), plan, objective, budget);
    experiments.put(new ExperimentWish.Begin(experiment, new CompletableFuture<>()));
    experiments.turn();
  }

  /** The whole log of a run of a trial. */
  private void print(int trial, int continued, String text) {
    var found = LogMetrics.ofKnownForms().take(text.getBytes(StandardCharsets.UTF_8));
    experiments.reports().seen(ID, trial, continued, "train/1", 0, List.copyOf(found));
    experiments.turn();
  }

  private static String lines(String form, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> form.formatted(i))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private double length(int trial) {
    return book.trial(ID, trial).orElseThrow().length();
  }

  private void ended(int trial) {
    experiments.reports().ended(ID, trial, 0, Ending.FINISHED, "", List.of());
    experiments.turn();
  }

  @Test
  void everyReportIsCountedAlsoThoseLeftOut() {
    begin(PLAN, Optional.empty());
    print(1, 0, lines("accuracy=0.5", 5000));
    ended(1);
    assertThat(length(1)).isEqualTo(5000);
    assertThat(book.trial(ID, 1).orElseThrow().reports()).isEqualTo(5000);
  }

  @Test
  void aTrialThatIsGoneOnWithCountsAsItBegan() {
    begin(ROUNDS, Optional.empty());
    print(1, 0, "epoch=0 accuracy=0.9\nepoch=1 accuracy=0.9\n");
    print(2, 0, "epoch=0 accuracy=0.1\nepoch=1 accuracy=0.1\n");
    print(1, 1, "epoch=2 accuracy=0.9\n");
    assertThat(length(1)).isEqualTo(3);
  }

  @Test
  void soDoesOneThatAnotherServerGoesOnWith() {
    begin(ROUNDS, Optional.empty());
    print(1, 0, "epoch=0 accuracy=0.9\nepoch=1 accuracy=0.9\n");
    print(2, 0, "epoch=0 accuracy=0.1\nepoch=1 accuracy=0.1\n");
    experiments = reborn();
    print(1, 1, "epoch=2 accuracy=0.9\n");
    assertThat(length(1)).isEqualTo(3);
  }

  @Test
  void aCopyCountsAsItsParent() {
    begin(ROUNDS, Optional.empty());
    print(1, 0, "epoch=0 accuracy=0.9\nepoch=1 accuracy=0.9\n");
    print(2, 0, "epoch=0 accuracy=0.1\nepoch=1 accuracy=0.1\n");
    print(3, 0, "epoch=2 accuracy=0.9\n");
    assertThat(length(3)).isEqualTo(3);
  }

  @Test
  void aCopyIsNotChargedForWhatItsParentTrained() {
    begin(ROUNDS, Optional.empty(), new Budget(Optional.empty(), OptionalLong.of(6)));
    print(1, 0, "epoch=1 accuracy=0.9\nepoch=2 accuracy=0.9\n");
    print(2, 0, "epoch=1 accuracy=0.1\nepoch=2 accuracy=0.1\n");
    print(3, 0, "epoch=3 accuracy=0.9\n");
    assertThat(book.find(ID).orElseThrow().state()).isEqualTo(ExperimentSummary.State.RUNNING);
    assertThat(stopped).isEmpty();
    print(1, 1, "epoch=3 accuracy=0.9\n");
    assertThat(stopped).hasSize(2).containsValue("6 units of training are used up");
  }

  @Test
  void aUnitThatIsNotSeenIsToldWithTheWayOut() {
    begin(PLAN.withLength(5), Optional.of("epochs"));
    print(1, 0, "step=100 accuracy=0.5\nstep=200 accuracy=0.6\n");
    assertThat(book.find(ID).orElseThrow().notes()).isEmpty();
    ended(1);
    assertThat(length(1)).isEqualTo(2);
    assertThat(book.find(ID).orElseThrow().notes())
        .containsExactly(
            "the length is in `epochs`, and no trial says its `epochs` beside `accuracy`: each"
                + " report counts as one; print both in one line, or name what the script prints:"
                + " `length_metric: step`, with `length` in that");
  }

  @Test
  void aUnitThatIsSeenIsNothingToTell() {
    begin(PLAN.withLength(5), Optional.of("epochs"));
    print(1, 0, "Epoch [0/5], Step [150/600], accuracy: 0.5\n");
    ended(1);
    assertThat(length(1)).isEqualTo(0.25);
    assertThat(book.find(ID).orElseThrow().notes()).isEmpty();
  }
}
