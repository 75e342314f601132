package ferry.run;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.workflow.Command;
import ferry.workflow.Retries;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Every state meets every event; the table is the whole rule. */
class StepTransitionsTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  private static final RunEvent SUBMITTED = new RunEvent.Submitted(T);
  private static final RunEvent FIRST_OK =
      new RunEvent.Ended("first", 1, T, Outcome.Succeeded.PLAIN, Usage.UNKNOWN);
  private static final RunEvent FIRST_FAILED = ended("first", 1, failure());
  private static final RunEvent LAUNCHING = new RunEvent.Launching("s", 1, T, "m");
  private static final RunEvent QUEUED = new RunEvent.Queued("s", 1, T, "m");
  private static final RunEvent STARTED = new RunEvent.Started("s", 1, T);
  private static final RunEvent STOP = new RunEvent.StopRequested(T, "asked");
  private static final RunEvent FAILED = ended("s", 1, failure());
  private static final RunEvent FAILED_AGAIN = ended("s", 2, failure());
  private static final RunEvent SUCCEEDED = ended("s", 1, Outcome.Succeeded.PLAIN);

  /** A step `s` with one retry after a step `first`. */
  private static RunState after(RunEvent... events) {
    var s =
        Step.named("s", new Command.Shell("true"))
            .after(List.of("first"))
            .retries(new Retries(1, Duration.ofSeconds(5)));
    return RunState.of(Workflow.of("w", Step.of("first", "true"), s.build()))
        .apply(SUBMITTED)
        .applyAll(List.of(events));
  }

  private static Map<String, RunState> states() {
    var states = new LinkedHashMap<String, RunState>();
    states.put("Blocked", after());
    states.put("Ready", after(FIRST_OK));
    states.put("Queued", after(QUEUED));
    states.put("Queued last", after(FIRST_OK, QUEUED));
    states.put("Starting", after(FIRST_OK, LAUNCHING));
    states.put("Running", after(FIRST_OK, LAUNCHING, STARTED));
    states.put("Stopping", after(FIRST_OK, LAUNCHING, STARTED, STOP));
    states.put("Succeeded", after(FIRST_OK, LAUNCHING, STARTED, SUCCEEDED));
    states.put(
        "Failed",
        after(FIRST_OK, LAUNCHING, FAILED, new RunEvent.Launching("s", 2, T, "m"), FAILED_AGAIN));
    states.put("Stopped", after(STOP, ended("first", 1, new Outcome.Stopped(OptionalInt.empty()))));
    states.put("Skipped", after(FIRST_FAILED));
    return states;
  }

  private static Map<String, RunEvent> events() {
    var events = new LinkedHashMap<String, RunEvent>();
    events.put("launching", LAUNCHING);
    events.put("queued", QUEUED);
    events.put("pending", new RunEvent.Pending("s", 1, T, "waits"));
    events.put("started", STARTED);
    events.put("succeeded", SUCCEEDED);
    events.put("failed", FAILED);
    events.put("lost", ended("s", 1, new Outcome.Lost("gone")));
    events.put("stopped", ended("s", 1, new Outcome.Stopped(OptionalInt.empty())));
    events.put("late", ended("s", 9, Outcome.Succeeded.PLAIN));
    events.put("stop", STOP);
    events.put("retry", new RunEvent.RetryRequested(T));
    return events;
  }

  @Test
  void everyStateMeetsEveryEvent() {
    var table = new StringBuilder();
    states()
        .forEach((name, state) -> {
          table.append(name).append(':');
          events()
              .forEach((event, it) ->
                  table.append(' ').append(event).append('→').append(word(state, state.apply(it))));
          table.append('\n');
        });
    assertThat(table.toString())
        .isEqualTo(
            """
            Blocked: launching→= queued→Queued1 pending→Starting1 started→Running1 succeeded→Succeeded1 failed→Blocked1 lost→Blocked1 stopped→Stopped1 late→Succeeded9 stop→Stopped0 retry→=
            Ready: launching→Starting1 queued→Queued1 pending→Starting1 started→Running1 succeeded→Succeeded1 failed→Ready2 lost→Ready2 stopped→Stopped1 late→= stop→Stopped0 retry→=
            Queued: launching→= queued→= pending→Starting1 started→Running1 succeeded→Succeeded1 failed→Blocked1 lost→Blocked1 stopped→Stopped1 late→= stop→Stopping1 retry→=
            Queued last: launching→= queued→= pending→Starting1 started→Running1 succeeded→Succeeded1 failed→Ready2 lost→Ready2 stopped→Stopped1 late→= stop→Stopping1 retry→=
            Starting: launching→= queued→= pending→Starting1 started→Running1 succeeded→Succeeded1 failed→Ready2 lost→Ready2 stopped→Stopped1 late→= stop→Stopping1 retry→=
            Running: launching→= queued→= pending→= started→= succeeded→Succeeded1 failed→Ready2 lost→Ready2 stopped→Stopped1 late→= stop→Stopping1 retry→=
            Stopping: launching→= queued→= pending→= started→= succeeded→Succeeded1 failed→Stopped1 lost→Stopped1 stopped→Stopped1 late→= stop→= retry→=
            Succeeded: launching→= queued→= pending→= started→= succeeded→= failed→= lost→= stopped→= late→= stop→= retry→=
            Failed: launching→= queued→= pending→= started→= succeeded→= failed→= lost→= stopped→= late→= stop→= retry→Ready3
            Stopped: launching→= queued→= pending→= started→= succeeded→= failed→= lost→= stopped→= late→= stop→= retry→Blocked0
            Skipped: launching→= queued→= pending→= started→= succeeded→= failed→= lost→= stopped→= late→= stop→= retry→Blocked0
            """);
  }

  @Test
  void whatItsPlaceGaveUpIsNotTriedAgain() {
    var givenUp = new Outcome.Failed(Outcome.Cause.GIVEN_UP, OptionalInt.of(3), "exit status 3");
    var running = after(FIRST_OK, LAUNCHING, STARTED);

    assertThat(word(running, running.apply(ended("s", 1, givenUp)))).isEqualTo("Failed1");
  }

  /** The step's new state with its attempt, or {@code =} where it is the same as before. */
  private static String word(RunState before, RunState after) {
    var now = after.stepRun("s").orElseThrow().state();
    boolean same = now.equals(before.stepRun("s").orElseThrow().state());
    return same ? "=" : now.getClass().getSimpleName() + now.attempt();
  }

  private static Outcome failure() {
    return new Outcome.Failed(Outcome.Cause.EXIT, OptionalInt.of(1), "exit status 1");
  }

  private static RunEvent ended(String step, int attempt, Outcome outcome) {
    return new RunEvent.Ended(step, attempt, T, outcome, Usage.UNKNOWN);
  }
}
