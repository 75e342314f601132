package ferry.collect;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.run.AttemptId;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.Usage;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is told of runs that print, and when. */
class LogWatchTest {
  private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");

  /** What is read of one log in one turn. */
  private static final int PIECE = 256 << 10;

  private final TextLogs logs = new TextLogs(Integer.MAX_VALUE);
  private final LogWatch watch = new LogWatch(logs);
  private final List<String> told = new ArrayList<>();

  private Consumer<RunEvent> follow(String run) {
    var id = new RunId(run);
    var plan =
        new Plan(
            id,
            Workflow.of("digits", Step.of("train", "python train.py")),
            "local",
            new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
            new Origin(Origin.Kind.TRIAL, "python train.py", Optional.empty(), Optional.empty()),
            Code.UNKNOWN,
            "digest",
            NOW);
    var events = watch.follow(plan, LogMetrics::ofKnownForms, new Telling(run));
    events.accept(new RunEvent.Submitted(NOW));
    events.accept(new RunEvent.Launching("train", 1, NOW, "m"));
    events.accept(new RunEvent.Started("train", 1, NOW));
    return events;
  }

  private static RunEvent ended() {
    return new RunEvent.Ended("train", 1, NOW, Outcome.Succeeded.PLAIN, Usage.UNKNOWN);
  }

  private void prints(String run, String text) {
    logs.texts.merge(new AttemptId(new RunId(run), "train", 1), text, String::concat);
  }

  private static String pieces(int count) {
    return "accuracy=0.5\n".repeat(count * PIECE / 13);
  }

  @Test
  void whatARunPrintsIsToldWhileItRunsAndItsEndAfterThat() {
    var events = follow("digits-aaaaa-1");
    prints("digits-aaaaa-1", "accuracy=0.5\n");
    watch.turn();
    prints("digits-aaaaa-1", "accuracy=0.6\naccuracy=0.7");
    events.accept(ended());
    watch.turn();
    assertThat(told)
        .containsExactly(
            "digits-aaaaa-1 train/1 0: 0.5",
            "digits-aaaaa-1 train/1 1: 0.6",
            "digits-aaaaa-1 train/1 2: 0.7",
            "digits-aaaaa-1 SUCCEEDED");
  }

  @Test
  void aRunThatPrintsNothingEnds() {
    follow("digits-aaaaa-1").accept(ended());
    watch.turn();
    assertThat(told).containsExactly("digits-aaaaa-1 SUCCEEDED");
  }

  @Test
  void theEndOfARunIsToldThoughAnotherHasPrintedVeryMuch() {
    prints("digits-aaaaa-1", pieces(5));
    follow("digits-aaaaa-1").accept(ended());
    follow("digits-aaaaa-2").accept(ended());
    watch.turn();
    assertThat(told)
        .contains("digits-aaaaa-2 SUCCEEDED")
        .doesNotContain("digits-aaaaa-1 SUCCEEDED");
  }

  @Test
  void allOfAVeryLongLogIsToldBeforeItsRunHasEnded() {
    prints("digits-aaaaa-1", pieces(5));
    prints("digits-aaaaa-1", "accuracy=0.9\n");
    follow("digits-aaaaa-1").accept(ended());
    for (int turns = 0; turns < 7; turns++) {
      watch.turn();
    }
    assertThat(told).endsWith("digits-aaaaa-1 train/1 100824: 0.9", "digits-aaaaa-1 SUCCEEDED");
  }

  @Test
  void theEndIsToldOnceThoughItIsReportedAgainWhileItsLogIsRead() {
    prints("digits-aaaaa-1", pieces(3));
    var events = follow("digits-aaaaa-1");
    events.accept(ended());
    watch.turn();
    events.accept(ended());
    for (int turns = 0; turns < 5; turns++) {
      watch.turn();
    }
    assertThat(told).containsOnlyOnce("digits-aaaaa-1 SUCCEEDED");
    assertThat(told).filteredOn(line -> line.endsWith(" 0: 0.5")).hasSize(1);
  }

  @Test
  void whoFollowsARunAnewIsToldItFromItsBeginning() {
    prints("digits-aaaaa-1", pieces(3));
    follow("digits-aaaaa-1").accept(ended());
    watch.turn();
    told.clear();
    follow("digits-aaaaa-1");
    watch.turn();
    assertThat(told).first().isEqualTo("digits-aaaaa-1 train/1 0: 0.5");
    assertThat(told).doesNotContain("digits-aaaaa-1 SUCCEEDED");
  }

  /** Writes down what it is told. */
  private final class Telling implements LogWatch.Taker {
    private final String run;

    Telling(String run) {
      this.run = run;
    }

    @Override
    public void seen(String source, long first, List<LogMetrics.Found> found) {
      for (int i = 0; i < found.size(); i++) {
        told.add("%s %s %d: %s".formatted(run, source, first + i, found.get(i).sighting().value()));
      }
    }

    @Override
    public void ended(RunState state, List<String> likely) {
      told.add(run + " " + state.status());
    }
  }
}
