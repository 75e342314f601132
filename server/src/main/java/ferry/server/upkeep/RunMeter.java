package ferry.server.upkeep;

import ferry.backend.Plan;
import ferry.engine.RunListener;
import ferry.error.UserException;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of runs and attempts since the server started. */
public final class RunMeter implements RunListener {
  private final RunListener next;
  private final LongAdder started = new LongAdder();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder stopped = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder submitted = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final LongAdder faults = new LongAdder();

  /** Passes everything on to another listener. */
  public RunMeter(RunListener next) {
    this.next = next;
  }

  @Override
  public void changed(Plan plan, List<RunEvent> events, RunState before, RunState after) {
    for (var event : events) {
      switch (event) {
        case RunEvent.Submitted _ -> submitted.increment();
        case RunEvent.Started _ -> started.increment();
        case RunEvent.Ended end -> count(end.outcome());
        case RunEvent _ -> {}
      }
    }
    if (after.status().isEnded() && !before.status().isEnded()) {
      ended.increment();
    }
    next.changed(plan, events, before, after);
  }

  private void count(Outcome outcome) {
    switch (outcome) {
      case Outcome.Succeeded _ -> succeeded.increment();
      case Outcome.Failed _ -> failed.increment();
      case Outcome.Stopped _ -> stopped.increment();
      case Outcome.Lost _ -> lost.increment();
    }
  }

  @Override
  public void faulty(RunId run, Throwable fault) {
    faults.increment();
    next.faulty(run, fault);
  }

  @Override
  public void leftBehind(RunId run, UserException why) {
    faults.increment();
    next.leftBehind(run, why);
  }

  void write(MetricsText text) {
    text.counter("ferry_runs_submitted_total", "Runs taken since the start.", submitted.sum());
    text.counter("ferry_runs_ended_total", "Runs that ended since the start.", ended.sum());
    text.counter(
        "ferry_attempts_started_total", "Attempts that started since the start.", started.sum());
    var name = "ferry_attempts_ended_total";
    text.head(name, "counter", "Attempts that ended since the start, by how.");
    text.value(name + "{outcome=\"succeeded\"}", succeeded.sum());
    text.value(name + "{outcome=\"failed\"}", failed.sum());
    text.value(name + "{outcome=\"stopped\"}", stopped.sum());
    text.value(name + "{outcome=\"lost\"}", lost.sum());
    text.counter(
        "ferry_runs_faulty_total", "Runs that could not be carried on for a fault.", faults.sum());
  }
}
