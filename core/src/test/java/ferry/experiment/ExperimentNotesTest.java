package ferry.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people are told of an experiment besides how its trials do. */
class ExperimentNotesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");

  private final MemoryExperimentBook book = new MemoryExperimentBook();
  private Experiments experiments = reborn();
  private RunId id;

  private Experiments reborn() {
    var trials = new SimulatedTrials(3);
    var next = new Experiments(book, trials, () -> NOW, _ -> {});
    trials.tell(next.reports());
    next.recover();
    return next;
  }

  @BeforeEach
  void begin() {
    var experiment =
        new Experiment(
            ExperimentsTest.template(),
            ExperimentsTest.PLAN,
            Objective.printed("accuracy"),
            Budget.NONE);
    id = experiment.id();
    experiments.put(new ExperimentWish.Begin(experiment, new CompletableFuture<>()));
    experiments.turn();
  }

  @Test
  void whyATrialCannotBeStartedIsToldOnceAndUntilItIsStarted() {
    experiments.reports().waits(id, 2, 0, "the disk is full");
    experiments.reports().waits(id, 2, 0, "the disk is still full");
    experiments.turn();
    assertThat(book.trial(id, 2).orElseThrow().state()).isEqualTo(TrialRecord.State.WAITING);
    assertThat(book.trial(id, 2).orElseThrow().reason()).isEqualTo("the disk is full");
    assertThat(book.find(id).orElseThrow().notes())
        .containsExactly("trial 2 waits to be started: the disk is full");
    experiments.reports().waits(id, 2, 0, "");
    experiments.turn();
    assertThat(book.trial(id, 2).orElseThrow().state()).isEqualTo(TrialRecord.State.RUNNING);
    assertThat(book.trial(id, 2).orElseThrow().reason()).isEmpty();
    assertThat(book.find(id).orElseThrow().notes()).isEmpty();
  }

  @Test
  void aTrialThatNeverWaitedIsNoNewsWhenItIsStarted() {
    var before = book.events(id);
    experiments.reports().waits(id, 2, 0, "");
    experiments.turn();
    assertThat(book.events(id)).isEqualTo(before);
  }

  @Test
  void whatIsWrittenBehindALinkIsNotedOnceForEachPath() {
    experiments.reports().wrote(id, 1, List.of("data/big"));
    experiments.reports().wrote(id, 2, List.of("data/big", "venv"));
    experiments.turn();
    experiments = reborn();
    experiments.reports().wrote(id, 3, List.of("venv"));
    experiments.turn();
    assertThat(book.find(id).orElseThrow().notes())
        .containsExactly(
            "`data/big` was written to while trial 1 ran: trials have a link there in place of a"
                + " copy, so you and all of them find what one writes",
            "`venv` was written to while trial 2 ran: trials have a link there in place of a"
                + " copy, so you and all of them find what one writes");
  }

  @Test
  void ofManyPathsAFewAreShownAndTheOthersCounted() {
    experiments.reports().wrote(id, 1, IntStream.range(0, 60).mapToObj(i -> "data/" + i).toList());
    experiments.turn();
    assertThat(book.find(id).orElseThrow().notes()).hasSize(4).endsWith("and 47 more like that");
  }
}
