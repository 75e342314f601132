package ferry.collect;

import ferry.backend.LogPolicies;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.backend.Timetable;
import ferry.engine.AttemptSpec;
import ferry.engine.Launcher;
import ferry.run.AttemptId;
import ferry.run.Capacity;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.StepEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.tracking.Logs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * A place to start attempts where one that failed is not tried again when it printed what its
 * plan's {@link LogPolicies} name. The log is read when the attempt has ended.
 */
public final class LogJudge implements Launcher {
  private static final int LONGEST = 160;

  private final Launcher place;
  private final Logs logs;
  private final Executor reading;
  private final Map<AttemptId, Judged> judged = new ConcurrentHashMap<>();

  /** What an attempt must not print: that it is invalid, and what its plan names. */
  private record Judged(List<String> invalid, List<String> noRetry) {}

  /**
   * A place with a judge of what its attempts print.
   *
   * @param reading runs what reads a whole log
   */
  public LogJudge(Launcher place, Logs logs, Executor reading) {
    this.place = place;
    this.logs = logs;
    this.reading = reading;
  }

  @Override
  public void start(Reports reports) {
    place.start((run, event) -> judge(run, event, reports));
  }

  private void judge(RunId run, StepEvent event, Reports reports) {
    var attempt = new AttemptId(run, event.stepRun(), event.attempt());
    var patterns = judged.get(attempt);
    if (patterns == null
        || !(event instanceof Ended ended)
        || !(ended.outcome() instanceof Outcome.Failed failed)) {
      reports.report(run, event);
      return;
    }
    reading.execute(() -> reports.report(run, judged(attempt, ended, failed, patterns)));
  }

  private Ended judged(AttemptId attempt, Ended ended, Outcome.Failed failed, Judged patterns) {
    var reason =
        in(attempt, patterns.invalid())
            .map(line -> cut(LogPolicies.reason(line)))
            .or(() -> in(attempt, patterns.noRetry()).map(line -> reason(failed, line)));
    if (reason.isEmpty()) {
      return ended;
    }
    var outcome = new Outcome.Failed(Outcome.Cause.GIVEN_UP, failed.exitCode(), reason.get());
    return new Ended(ended.stepRun(), ended.attempt(), ended.at(), outcome, ended.usage());
  }

  private Optional<String> in(AttemptId attempt, List<String> patterns) {
    return patterns.isEmpty() ? Optional.empty() : new LogSearch(patterns).in(logs, attempt);
  }

  private static String reason(Outcome.Failed failed, String line) {
    return "%s; it is not tried again, since it printed `%s`".formatted(failed.reason(), cut(line));
  }

  private static String cut(String line) {
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
  }

  private void remember(Plan plan, AttemptSpec attempt) {
    var patterns = new Judged(LogPolicies.invalid(plan), LogPolicies.noRetry(plan));
    if (!patterns.invalid().isEmpty() || !patterns.noRetry().isEmpty()) {
      judged.put(attempt.id(), patterns);
    }
  }

  @Override
  public void launch(Plan plan, AttemptSpec attempt) {
    remember(plan, attempt);
    place.launch(plan, attempt);
  }

  @Override
  public void resume(Plan plan, AttemptSpec attempt, String machine, boolean started) {
    remember(plan, attempt);
    place.resume(plan, attempt, machine, started);
  }

  @Override
  public void settled(AttemptId attempt) {
    judged.remove(attempt);
    place.settled(attempt);
  }

  @Override
  public Plan accept(Plan plan) {
    return place.accept(plan);
  }

  @Override
  public List<String> notes(Plan plan) {
    return place.notes(plan);
  }

  @Override
  public List<String> explain(Plan plan) {
    return place.explain(plan);
  }

  @Override
  public List<Rendered> render(Plan plan) {
    return place.render(plan);
  }

  @Override
  public List<String> leftOut(Plan plan) {
    return place.leftOut(plan);
  }

  @Override
  public Timetable timetable() {
    return place.timetable();
  }

  @Override
  public Capacity capacity() {
    return place.capacity();
  }

  @Override
  public String machine() {
    return place.machine();
  }

  @Override
  public int ahead() {
    return place.ahead();
  }

  @Override
  public void decided(Plan plan, List<RunEvent> events, RunState state) {
    place.decided(plan, events, state);
  }

  @Override
  public void release(AttemptId attempt) {
    place.release(attempt);
  }

  @Override
  public void pause(boolean paused) {
    place.pause(paused);
  }

  @Override
  public void removed(Plan plan) {
    place.removed(plan);
  }

  @Override
  public void stop(AttemptId attempt) {
    place.stop(attempt);
  }
}
