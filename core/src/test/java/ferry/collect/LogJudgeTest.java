package ferry.collect;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Code;
import ferry.backend.LogPolicies;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.engine.AttemptSpec;
import ferry.engine.Launcher;
import ferry.run.AttemptId;
import ferry.run.Capacity;
import ferry.run.Outcome;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.StepEvent;
import ferry.run.RunId;
import ferry.run.Usage;
import ferry.workflow.Command;
import ferry.workflow.Resources;
import ferry.workflow.Step;
import ferry.workflow.StepFiles;
import ferry.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which failed attempts are tried again by what they printed. */
class LogJudgeTest {
  /** So small that lines come in parts. */
  private static final int PIECE = 7;

  private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");
  private static final RunId RUN = new RunId("digits-x7k2p-1");
  private static final AttemptId ATTEMPT = new AttemptId(RUN, "train", 1);
  private static final Outcome FAILED =
      new Outcome.Failed(Outcome.Cause.EXIT, OptionalInt.of(1), "exit status 1");

  private final List<StepEvent> told = new ArrayList<>();
  private final OnePlace place = new OnePlace();

  @Test
  void anAttemptThatPrintedWhatThePolicyNamesIsNotTriedAgain() {
    ends("epoch=1\nRuntimeError: CUDA out of memory.\n", FAILED, "CUDA out of memory");
    assertThat(told)
        .singleElement()
        .isEqualTo(
            ended(
                new Outcome.Failed(
                    Outcome.Cause.GIVEN_UP,
                    OptionalInt.of(1),
                    "exit status 1; it is not tried again, since it printed `RuntimeError: CUDA"
                        + " out of memory.`")));
  }

  @Test
  void anyOfSeveralPoliciesIsEnough() {
    ends("no such file", FAILED, "out of memory", "^no such");
    assertThat(((Ended) told.getFirst()).outcome())
        .extracting(outcome -> ((Outcome.Failed) outcome).cause())
        .isEqualTo(Outcome.Cause.GIVEN_UP);
  }

  @Test
  void whatPrintedSomethingElseIsTriedAgainAsBefore() {
    ends("killed by a neighbour\n", FAILED, "CUDA out of memory");
    assertThat(told).containsExactly(ended(FAILED));
  }

  @Test
  void aTrialThatSaysThatItsParametersCannotWorkIsInvalid() {
    ends("CUDA out of memory\nferry-invalid: 3 heads for 64\n", FAILED, "out of memory");
    assertThat(told)
        .containsExactly(
            ended(
                new Outcome.Failed(
                    Outcome.Cause.GIVEN_UP,
                    OptionalInt.of(1),
                    "its parameters cannot work: 3 heads for 64")));
    assertThat(LogPolicies.isInvalid("its parameters cannot work: 3 heads for 64")).isTrue();
    assertThat(LogPolicies.isInvalid("exit status 1")).isFalse();
  }

  @Test
  void onlyALineThatBeginsSoSaysIt() {
    ends("print ferry-invalid: to end here\n", FAILED);
    assertThat(told).containsExactly(ended(FAILED));
  }

  @Test
  void whatDidNotFailIsNotJudged() {
    ends("CUDA out of memory, going on\n", Outcome.Succeeded.PLAIN, "out of memory");
    assertThat(told).containsExactly(ended(Outcome.Succeeded.PLAIN));
  }

  @Test
  void aPlanWithoutPoliciesIsNotJudged() {
    ends("CUDA out of memory\n", FAILED);
    assertThat(told).containsExactly(ended(FAILED));
  }

  private void ends(String log, Outcome outcome, String... patterns) {
    var logs = new TextLogs(PIECE);
    logs.texts.put(new AttemptId(RUN, "train", 1), log);
    var judge = new LogJudge(place, logs, Runnable::run);
    judge.start((_, event) -> told.add(event));
    judge.launch(plan(patterns), spec());
    place.reports.getFirst().report(RUN, ended(outcome));
  }

  private static Ended ended(Outcome outcome) {
    return new Ended("train", 1, NOW, outcome, Usage.UNKNOWN);
  }

  private static Plan plan(String... patterns) {
    return new Plan(
        RUN,
        Workflow.of("digits", Step.of("train", "python train.py")),
        "local",
        new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
        new Origin(Origin.Kind.TRIAL, "python train.py", Optional.empty(), Optional.empty()),
        Code.UNKNOWN,
        "digest",
        NOW,
        LogPolicies.noRetry(Map.of(), List.of(patterns)));
  }

  private static AttemptSpec spec() {
    return new AttemptSpec(
        ATTEMPT,
        new Command.Shell("python train.py"),
        Map.of(),
        Map.of(),
        Resources.NONE,
        Optional.empty(),
        Optional.empty(),
        StepFiles.NONE);
  }

  /** A place that does nothing by itself. */
  private static final class OnePlace implements Launcher {
    private final List<Reports> reports = new ArrayList<>();

    @Override
    public void start(Reports to) {
      reports.add(to);
    }

    @Override
    public List<Rendered> render(Plan plan) {
      return List.of();
    }

    @Override
    public Capacity capacity() {
      return Capacity.NONE;
    }

    @Override
    public String machine() {
      return "one";
    }

    @Override
    public void launch(Plan plan, AttemptSpec attempt) {}

    @Override
    public void resume(Plan plan, AttemptSpec attempt, String machine, boolean started) {}

    @Override
    public void stop(AttemptId attempt) {}
  }
}
