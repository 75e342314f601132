package ferry.server;

import ferry.backend.Backend;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.engine.Journal;
import ferry.engine.RunListener;
import ferry.error.RequestError;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.StepRun;
import ferry.run.StepState;
import ferry.tracking.AttemptRecord;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunRecord;
import ferry.tracking.RunSummary;
import ferry.tracking.StepRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Runs in memory: a backend, journal and catalog in one, whose steps do what the test says. */
final class FakeRuns implements Backend, Journal, RunCatalog {
  private final RunListener listener;
  private final Map<RunId, Plan> plans = new ConcurrentHashMap<>();
  private final Map<RunId, List<RunEvent>> events = new ConcurrentHashMap<>();
  final Map<RunId, String> troubles = new ConcurrentHashMap<>();
  final List<RunId> order = new CopyOnWriteArrayList<>();

  FakeRuns(RunListener listener) {
    this.listener = listener;
  }

  @Override
  public List<Rendered> render(Plan plan) {
    return List.of(new Rendered(Map.of("workflow", plan.workflow().name())));
  }

  @Override
  public synchronized void submit(Plan plan) {
    var known = plans.get(plan.id());
    if (known != null && !known.digest().equals(plan.digest())) {
      throw new RequestError.IdTaken(plan.id().value()).thrown();
    }
    if (known == null) {
      plans.put(plan.id(), plan);
      events.put(plan.id(), new ArrayList<>());
      order.addFirst(plan.id());
      happens(plan.id(), new RunEvent.Submitted(plan.submitted()));
    }
  }

  /** Something happens to a run, and is told. */
  synchronized void happens(RunId run, RunEvent... more) {
    var before = state(run);
    events.get(run).addAll(List.of(more));
    listener.changed(plans.get(run), List.of(more), before, state(run));
  }

  RunState state(RunId run) {
    return RunState.of(plans.get(run).workflow()).applyAll(events.get(run));
  }

  @Override
  public void stop(RunId run, String reason) {
    happens(run, new RunEvent.StopRequested(Instant.EPOCH, reason));
  }

  @Override
  public void retry(RunId run) {
    if (!state(run).status().isEnded()) {
      throw new RequestError.Conflict("run `" + run + "` has not ended", List.of()).thrown();
    }
    happens(run, new RunEvent.RetryRequested(Instant.EPOCH));
  }

  @Override
  public void remove(RunId run, Runnable forget) {
    forget.run();
  }

  Optional<String> trouble(RunId run) {
    return Optional.ofNullable(troubles.get(run));
  }

  @Override
  public void giveUp(RunId run, Instant at, String reason) {
    throw new UnsupportedOperationException("the API gives nothing up");
  }

  @Override
  public void follow(RunId run, Consumer<RunEvent> events) {
    throw new UnsupportedOperationException("the API listens to the engine");
  }

  @Override
  public void append(List<Entry> entries) {
    throw new UnsupportedOperationException("the API writes nothing");
  }

  @Override
  public Optional<Plan> plan(RunId run) {
    return Optional.ofNullable(plans.get(run));
  }

  @Override
  public List<RunEvent> events(RunId run) {
    return events.getOrDefault(run, List.of());
  }

  @Override
  public List<RunId> unfinished() {
    return order.stream().filter(run -> !state(run).status().isEnded()).toList();
  }

  @Override
  public synchronized List<RunSummary> list(Query query) {
    return order.stream()
        .dropWhile(run -> query.after().isPresent() && !run.equals(query.after().get()))
        .skip(query.after().isPresent() ? 1 : 0)
        .map(run -> find(run).orElseThrow().summary())
        .filter(run -> query.statuses().isEmpty() || query.statuses().contains(run.status()))
        .filter(run -> query.workflow().map(run.workflow()::equals).orElse(true))
        .limit(query.limit())
        .toList();
  }

  @Override
  public synchronized Optional<RunRecord> find(RunId run) {
    return plan(run).map(plan -> record(plan, state(run)));
  }

  private RunRecord record(Plan plan, RunState state) {
    var steps = new ArrayList<StepRecord>();
    for (int i = 0; i < state.size(); i++) {
      steps.add(record(state, state.stepRun(i)));
    }
    var done =
        (int) steps.stream().filter(step -> state.stepRun(step.index()).state().isEnded()).count();
    var summary =
        new RunSummary(
            plan.id(),
            plan.workflow().name(),
            plan.backend(),
            state.status(),
            plan.submitted(),
            Optional.empty(),
            plan.place().user(),
            plan.origin().text(),
            steps.size(),
            done);
    return new RunRecord(summary, plan, "", steps);
  }

  private StepRecord record(RunState state, StepRun stepRun) {
    var attempts = new ArrayList<AttemptRecord>();
    boolean begun =
        !(stepRun.state() instanceof StepState.Ready
            || stepRun.state() instanceof StepState.Skipped);
    if (begun && stepRun.state().attempt() > 0) {
      var ended =
          stepRun.state().isEnded() ? Optional.of(Instant.EPOCH) : Optional.<Instant>empty();
      attempts.add(
          new AttemptRecord(
              stepRun.state().attempt(),
              stepRun.state().word(),
              Optional.of(Instant.EPOCH),
              ended,
              OptionalInt.empty(),
              "",
              OptionalDouble.empty(),
              OptionalLong.empty()));
    }
    return new StepRecord(
        stepRun.index(),
        stepRun.name(),
        state.dag().step(stepRun.step()).name(),
        stepRun.state().word(),
        "",
        false,
        attempts);
  }

  @Override
  public Optional<RunId> latest() {
    return order.stream().findFirst();
  }

  @Override
  public List<RunId> startingWith(String prefix) {
    return order.stream().filter(run -> run.value().startsWith(prefix)).sorted().limit(10).toList();
  }

  @Override
  public synchronized void delete(RunId run) {
    order.remove(run);
    plans.remove(run);
    events.remove(run);
  }
}
