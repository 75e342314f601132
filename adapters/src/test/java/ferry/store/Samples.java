package ferry.store;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.engine.Journal;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.Usage;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans, and the entries that an engine would make of them. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");
  static final Place PLACE =
      new Place(
          "/home/ada/digits", Map.of("HOME", "/home/ada", "HF_TOKEN", "a=b\nc"), "ada", "laptop");

  private Samples() {}

  static Plan plan(String id, Instant submitted) {
    return plan(
        id, submitted, Workflow.of("hello", Step.of("a", "true"), Step.of("b", "true", "a")));
  }

  static Plan plan(String id, Instant submitted, Workflow workflow) {
    var origin =
        new Origin(Origin.Kind.ONE_LINER, "true >> true", Optional.empty(), Optional.empty());
    return new Plan(new RunId(id), workflow, "local", PLACE, origin, Code.UNKNOWN, "d1", submitted);
  }

  /** The first entry of a run. */
  static Journal.Entry submitted(Plan plan) {
    var events = List.<RunEvent>of(new RunEvent.Submitted(plan.submitted()));
    var after = RunState.of(plan.workflow()).applyAll(events);
    return new Journal.Entry(plan, true, events, after, List.of());
  }

  /** The entry after another one, once these events have happened. */
  static Journal.Entry next(Journal.Entry last, RunEvent... events) {
    var after = last.after().applyAll(List.of(events));
    return new Journal.Entry(
        last.plan(), false, List.of(events), after, after.changedSince(last.after()));
  }

  static RunEvent launching(String step, int attempt) {
    return new RunEvent.Launching(step, attempt, NOON.plusSeconds(1), "boot-1");
  }

  static RunEvent started(String step, int attempt) {
    return new RunEvent.Started(step, attempt, NOON.plusSeconds(2));
  }

  static RunEvent succeeded(String step, int attempt) {
    return new RunEvent.Ended(
        step,
        attempt,
        NOON.plus(Duration.ofSeconds(3)),
        Outcome.Succeeded.PLAIN,
        Usage.of(0.25, 1_000_000));
  }

  static RunEvent failed(String step, int attempt, String reason) {
    return new RunEvent.Ended(
        step,
        attempt,
        NOON.plusSeconds(4),
        new Outcome.Failed(Outcome.Cause.EXIT, java.util.OptionalInt.of(7), reason),
        Usage.UNKNOWN);
  }

  /** From submission to success, as one list of entries. */
  static List<Journal.Entry> wholeRun(Plan plan) {
    var first = submitted(plan);
    var second = next(first, launching("a", 1), started("a", 1), succeeded("a", 1));
    return List.of(
        first, second, next(second, launching("b", 1), started("b", 1), succeeded("b", 1)));
  }
}
