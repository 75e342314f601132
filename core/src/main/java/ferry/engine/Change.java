package ferry.engine;

import ferry.backend.Plan;
import ferry.run.AttemptId;
import ferry.run.RunEvent;
import ferry.run.RunEvent.Ended;
import ferry.run.RunState;
import ferry.run.StepRun;
import ferry.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What one turn makes of one run, until it is durable. */
final class Change {
  /** Longer attempts gain nothing from being written down ahead of their turn. */
  private static final Duration QUICK = Duration.ofMillis(200);

  final Plan plan;
  final boolean isNew;
  final Optional<String> lacking;
  final RunState before;
  boolean isQuick;
  final List<RunEvent> events = new ArrayList<>();
  final List<AttemptSpec> launches = new ArrayList<>();
  RunState after;

  Change(Plan plan, boolean isNew, RunState before) {
    this(plan, isNew, before, Optional.empty());
  }

  Change(ActiveRun run) {
    this(run.plan(), false, run.state(), run.lacking());
    isQuick = run.isQuick();
  }

  private Change(Plan plan, boolean isNew, RunState before, Optional<String> lacking) {
    this.plan = plan;
    this.lacking = lacking;
    this.isNew = isNew;
    this.before = before;
    this.after = before;
  }

  /** Applies an event; one that changes nothing is not kept. */
  void apply(RunEvent event) {
    var next = after.apply(event);
    if (next != after) {
      if (event instanceof Ended ended) {
        isQuick = wasQuick(ended);
      }
      after = next;
      events.add(event);
    }
  }

  private boolean wasQuick(Ended ended) {
    return after.stepRun(ended.stepRun()).orElseThrow().state()
            instanceof StepState.Running(_, Instant since, _)
        && Duration.between(since, ended.at()).abs().compareTo(QUICK) < 0;
  }

  /** Attempts that must end, or not start any more. */
  List<AttemptId> stopped() {
    return after.changedSince(before).stream()
        .filter(stepRun -> stepRun.state() instanceof StepState.Stopping || isWithdrawn(stepRun))
        .map(this::attempt)
        .toList();
  }

  private boolean isWithdrawn(StepRun stepRun) {
    return stepRun.state() instanceof StepState.Skipped
        && stepRun.index() < before.size()
        && before.stepRun(stepRun.index()).state() instanceof StepState.Queued;
  }

  /** Attempts that have nothing to wait for any more but room. */
  List<AttemptId> released() {
    return after.active().stream()
        .filter(stepRun ->
            stepRun.state() instanceof StepState.Queued
                && before.waitsForOthers(stepRun)
                && !after.waitsForOthers(stepRun))
        .map(this::attempt)
        .toList();
  }

  /** Attempts that have ended. */
  List<AttemptId> ended() {
    return events.stream()
        .flatMap(event -> event instanceof Ended ended ? Stream.of(ended) : Stream.empty())
        .map(ended -> new AttemptId(plan.id(), ended.stepRun(), ended.attempt()))
        .toList();
  }

  private AttemptId attempt(StepRun stepRun) {
    return new AttemptId(plan.id(), stepRun.name(), stepRun.state().attempt());
  }

  ActiveRun run() {
    return new ActiveRun(plan, after, isQuick, lacking);
  }

  Journal.Entry entry() {
    return new Journal.Entry(plan, isNew, events, after, isNew ? all() : changed());
  }

  /** Those that would be shown as they were are not written again. */
  private List<StepRun> changed() {
    return after.changedSince(before).stream().filter(stepRun -> !looksAsBefore(stepRun)).toList();
  }

  private boolean looksAsBefore(StepRun stepRun) {
    return stepRun.index() < before.size() && stepRun.looksLike(before.stepRun(stepRun.index()));
  }

  private List<StepRun> all() {
    var all = new ArrayList<StepRun>(after.size());
    for (int i = 0; i < after.size(); i++) {
      all.add(after.stepRun(i));
    }
    return all;
  }
}
