package ferry.run;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.workflow.Command;
import ferry.workflow.Condition;
import ferry.workflow.Foreach;
import ferry.workflow.Resources;
import ferry.workflow.Retries;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunStateTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  private static final Capacity ROOM = new Capacity(4000, 8L << 30, 0);
  private static final RunEvent SUBMITTED = new RunEvent.Submitted(T);

  @Test
  void onlyStepsThatWaitForNothingMayStart() {
    var state = start(Step.of("a", "true"), Step.of("b", "true", "a"), Step.of("c", "true"));
    assertThat(names(state)).containsExactly("a", "c");
  }

  @Test
  void aStepStartsWhenAllBeforeItSucceeded() {
    var state = start(Step.of("a", "true"), Step.of("b", "true"), Step.of("c", "true", "a", "b"));
    assertThat(names(state.apply(ok("a")))).containsExactly("b");
    assertThat(names(state.apply(ok("a")).apply(ok("b")))).containsExactly("c");
  }

  @Test
  void whatComesAfterAFailureIsSkippedAndBranchesBesideItGoOn() {
    var state =
        start(
                Step.of("a", "false"),
                Step.of("b", "true", "a"),
                Step.of("c", "true", "b"),
                Step.of("d", "true"))
            .apply(failed("a"));
    assertThat(state.stepRun("b").orElseThrow().state())
        .isEqualTo(new StepState.Skipped(0, T, "`a` failed, which comes before it"));
    assertThat(state.stepRun("c").orElseThrow().state())
        .isEqualTo(new StepState.Skipped(0, T, "`b` was skipped, which comes before it"));
    assertThat(names(state)).containsExactly("d");
    assertThat(state.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(state.apply(ok("d")).status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void foreachMakesAStepRunForEveryCombinationAndTheNextStepWaitsForAll() {
    var variables = new LinkedHashMap<String, Foreach.Items>();
    variables.put("x", new Foreach.Items.Listed(List.of("a", "b")));
    variables.put("y", new Foreach.Items.Listed(List.of("1", "2")));
    var train = Step.named("train", new Command.Shell("t")).foreach(new Foreach(variables)).build();
    var state = start(train, Step.of("after", "true", "train"));
    assertThat(names(state))
        .containsExactly("train[a,1]", "train[a,2]", "train[b,1]", "train[b,2]");
    var three = state.apply(ok("train[a,1]")).apply(ok("train[a,2]")).apply(ok("train[b,1]"));
    assertThat(names(three)).containsExactly("train[b,2]");
    assertThat(names(three.apply(ok("train[b,2]")))).containsExactly("after");
  }

  @Test
  void foreachOverAListThatAStepPutOutUnfoldsWhenTheStepEnds() {
    var state = start(Step.of("split", "true"), overList(), Step.of("join", "true", "each"));
    var unfolded = state.apply(put("split", Map.of("parts", "[\"p\", 2]")));
    assertThat(names(unfolded)).containsExactly("each[p]", "each[2]");
    assertThat(names(unfolded.apply(ok("each[p]")).apply(ok("each[2]")))).containsExactly("join");
  }

  @Test
  void anEmptyListIsNothingToDo() {
    var state = start(Step.of("split", "true"), overList(), Step.of("join", "true", "each"));
    assertThat(names(state.apply(put("split", Map.of("parts", "[]"))).apply(ok("join")))).isEmpty();
    assertThat(names(state.apply(put("split", Map.of("parts", "[]"))))).containsExactly("join");
  }

  @Test
  void aListThatIsNoneFailsTheStepInWords() {
    var state = start(Step.of("split", "true"), overList()).apply(put("split", Map.of()));
    assertThat(state.status()).isEqualTo(RunStatus.FAILED);
    assertThat(((StepState.Failed) state.stepRun("each").orElseThrow().state()).reason())
        .isEqualTo("`{split.parts}` has no value: the step did not put it out");
  }

  @Test
  void aConditionThatDoesNotHoldSkipsTheStepAndWhatComesAfter() {
    var publish =
        Step.named("publish", new Command.Shell("p"))
            .after(List.of("evaluate"))
            .when(Condition.parse("{evaluate.accuracy} > 5"))
            .build();
    var state = start(Step.of("evaluate", "true"), publish, Step.of("tell", "true", "publish"));
    var skipped = state.apply(put("evaluate", Map.of("accuracy", "4")));
    assertThat(((StepState.Skipped) skipped.stepRun("publish").orElseThrow().state()).reason())
        .isEqualTo("its condition `{evaluate.accuracy} > 5` does not hold");
    assertThat(skipped.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(names(state.apply(put("evaluate", Map.of("accuracy", "7")))))
        .containsExactly("publish");
  }

  @Test
  void finallyRunsAfterSuccessFailureAndStop() {
    var workflow =
        new Workflow(
            "w",
            Map.of(),
            List.of(Step.of("a", "true"), Step.of("b", "true", "a")),
            List.of(Step.of("report", "true")),
            Optional.empty());
    var state = RunState.of(workflow).apply(SUBMITTED);
    assertThat(names(state)).containsExactly("a");
    assertThat(names(state.apply(ok("a")).apply(ok("b")))).containsExactly("report");
    assertThat(names(state.apply(failed("a")))).containsExactly("report");
    assertThat(names(state.apply(new RunEvent.StopRequested(T, "asked"))))
        .containsExactly("report");
    assertThat(state.apply(failed("a")).outcomeSoFar()).isEqualTo(RunStatus.FAILED);
    assertThat(state.apply(failed("a")).apply(ok("report")).status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void aSecondStopEndsFinallyToo() {
    var workflow =
        new Workflow(
            "w",
            Map.of(),
            List.of(Step.of("a", "true")),
            List.of(Step.of("report", "true")),
            Optional.empty());
    var stop = new RunEvent.StopRequested(T, "asked");
    assertThat(RunState.of(workflow).apply(SUBMITTED).apply(stop).apply(stop).status())
        .isEqualTo(RunStatus.STOPPED);
  }

  @Test
  void aRetryKeepsWhatSucceeded() {
    var state = start(Step.of("a", "true"), Step.of("b", "true", "a"), Step.of("c", "true", "b"));
    var again = state.apply(ok("a")).apply(failed("b")).apply(new RunEvent.RetryRequested(T));
    assertThat(names(again)).containsExactly("b");
    assertThat(again.ready(ROOM, T).getFirst().attempt()).isEqualTo(2);
    assertThat(again.apply(ok("b", 2)).apply(ok("c")).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void aRetryOfSomeOfManyGoesOnWithWhatComesAfterAll() {
    var train = Step.named("t", new Command.Shell("t")).foreach(Foreach.of("x", "a", "b")).build();
    var state = start(train, Step.of("after", "true", "t")).apply(ok("t[a]")).apply(failed("t[b]"));
    var again = state.apply(new RunEvent.RetryRequested(T));
    assertThat(names(again)).containsExactly("t[b]");
    assertThat(names(again.apply(ok("t[b]", 2)))).containsExactly("after");
  }

  @Test
  void whatDoesNotFitIsPassedOver() {
    var big =
        Step.named("big", new Command.Shell("b"))
            .resources(
                new Resources(OptionalLong.of(8000), OptionalLong.empty(), 0, Optional.empty()))
            .build();
    assertThat(names(start(big, Step.of("small", "true")))).containsExactly("small");
  }

  @Test
  void tenThousandStepsTakeTheirEventsInTime() {
    var steps =
        IntStream.range(0, 10_000).mapToObj(i -> Step.of("s" + i, "true")).toArray(Step[]::new);
    var state = start(steps);
    for (int i = 0; i < steps.length; i++) {
      state = state.apply(ok("s" + i));
    }
    assertThat(state.status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void aClockThatWasSetBackDoesNotKeepAnAttemptWaiting() {
    var step =
        Step.named("a", new Command.Shell("a"))
            .retries(new Retries(1, Duration.ofSeconds(10)))
            .build();
    var state = start(step).apply(new RunEvent.Launching("a", 1, T, "boot-1")).apply(failed("a"));

    assertThat(state.ready(ROOM, T.plusSeconds(9))).isEmpty();
    assertThat(state.ready(ROOM, T.plusSeconds(10))).hasSize(1);
    assertThat(state.ready(ROOM, T.minusSeconds(3600))).hasSize(1);
  }

  private static Step overList() {
    var variables = new LinkedHashMap<String, Foreach.Items>();
    variables.put("part", new Foreach.Items.FromStep("split", "parts"));
    return Step.named("each", new Command.Shell("e"))
        .after(List.of("split"))
        .foreach(new Foreach(variables))
        .build();
  }

  private static RunState start(Step... steps) {
    return RunState.of(Workflow.of("w", steps)).apply(SUBMITTED);
  }

  private static List<String> names(RunState state) {
    return state.ready(ROOM, T).stream().map(launch -> launch.stepRun().name()).toList();
  }

  private static RunEvent ok(String step) {
    return ok(step, 1);
  }

  private static RunEvent ok(String step, int attempt) {
    return new RunEvent.Ended(step, attempt, T, Outcome.Succeeded.PLAIN, Usage.UNKNOWN);
  }

  private static RunEvent put(String step, Map<String, String> values) {
    return new RunEvent.Ended(step, 1, T, new Outcome.Succeeded(values, false), Usage.UNKNOWN);
  }

  private static RunEvent failed(String step) {
    var outcome = new Outcome.Failed(Outcome.Cause.EXIT, OptionalInt.of(1), "exit status 1");
    return new RunEvent.Ended(step, 1, T, outcome, Usage.UNKNOWN);
  }

  @Test
  void whatIsSkippedNamesTheStepRunThatFailed() {
    var train =
        Step.named("t", new Command.Shell("t")).foreach(Foreach.of("x", "a", "b", "c")).build();
    var state =
        start(train, Step.of("u", "true", "t"))
            .apply(failed("t[b]"))
            .apply(failed("t[c]"))
            .apply(ok("t[a]"));
    assertThat(state.stepRun("u").orElseThrow().state())
        .isEqualTo(
            new StepState.Skipped(0, T, "`t[b]` (and 1 more) failed, which comes before it"));
  }
}
