package ferry.submission;

import ferry.backend.Code;
import ferry.backend.CodeKeeper;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.collect.LogMetrics;
import ferry.collect.LogWatch;
import ferry.error.SystemError;
import ferry.error.UserException;
import ferry.experiment.Experiment;
import ferry.experiment.TrialLaunch;
import ferry.experiment.TrialRunner;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.StepState;
import ferry.search.Ending;
import ferry.tracking.RunCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The runs of trials: each in its own copy of the code as it was when the search began, and each
 * submitted once, however often it is asked for.
 */
public final class TrialRuns implements TrialRunner {
  private static final int AT_ONCE = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Submissions submissions;
  private final RunCatalog catalog;
  private final CodeKeeper code;
  private final TrialFiles files;
  private final LogWatch logs;
  private final InstantSource clock;
  private final Supplier<Reports> reports;
  private final Semaphore places = new Semaphore(AT_ONCE);

  /**
   * Runs of trials.
   *
   * @param reports where what becomes of them is told
   */
  public TrialRuns(
      Submissions submissions,
      RunCatalog catalog,
      CodeKeeper code,
      TrialFiles files,
      LogWatch logs,
      InstantSource clock,
      Supplier<Reports> reports) {
    this.submissions = submissions;
    this.catalog = catalog;
    this.code = code;
    this.files = files;
    this.logs = logs;
    this.clock = clock;
    this.reports = reports;
  }

  @Override
  public void start(Experiment experiment, TrialLaunch trial) {
    Thread.ofVirtual().name(trial.run().value()).start(() -> submit(experiment, trial));
  }

  @Override
  public void stop(RunId run, String why) {
    Thread.ofVirtual().name("stop " + run).start(() -> stopOnceKnown(run, why));
  }

  /** A stop may overtake the submission of the run that it is for. */
  private void stopOnceKnown(RunId run, String why) {
    for (long tries = 0; tries < Duration.ofMinutes(1).dividedBy(PATIENCE); tries++) {
      var known = catalog.find(run);
      if (known.isPresent()) {
        submissions.backend(known.get().plan()).stop(run, why);
        return;
      }
      LockSupport.parkNanos(PATIENCE.toNanos());
    }
  }

  private void submit(Experiment experiment, TrialLaunch trial) {
    places.acquireUninterruptibly();
    try {
      follow(experiment, trial, submitted(experiment, trial));
    } catch (UserException refused) {
      told(trial, Ending.FAILED, refused.error().message());
    } finally {
      places.release();
    }
  }

  /** What the machine cannot do now is tried again; what is wrong with the trial is not. */
  private Plan submitted(Experiment experiment, TrialLaunch trial) {
    while (true) {
      try {
        var known = catalog.find(trial.run());
        return known.isPresent()
            ? known.get().plan()
            : submissions.submit(plan(experiment, trial)).plan();
      } catch (UserException e) {
        if (!(e.error() instanceof SystemError)) {
          throw e;
        }
        LockSupport.parkNanos(PATIENCE.toNanos());
      }
    }
  }

  private void follow(Experiment experiment, TrialLaunch trial, Plan plan) {
    var objective = experiment.objective();
    Supplier<LogMetrics> reader =
        () ->
            objective
                .pattern()
                .map(pattern -> LogMetrics.of(pattern, objective.metric()))
                .orElseGet(LogMetrics::ofKnownForms);
    var events = logs.follow(plan, reader, new Telling(trial));
    submissions.backend(plan).follow(plan.id(), events);
  }

  private final class Telling implements LogWatch.Taker {
    private final TrialLaunch trial;

    Telling(TrialLaunch trial) {
      this.trial = trial;
    }

    @Override
    public void seen(String source, long first, List<LogMetrics.Found> found) {
      reports
          .get()
          .seen(trial.experiment(), trial.number(), trial.continued(), source, first, found);
    }

    @Override
    public void ended(RunState state) {
      var ending =
          switch (state.status()) {
            case SUCCEEDED -> Ending.FINISHED;
            case STOPPED -> Ending.STOPPED;
            case FAILED, WAITING, RUNNING -> Ending.FAILED;
          };
      told(trial, ending, reason(state));
    }
  }

  private void told(TrialLaunch trial, Ending ending, String reason) {
    reports.get().ended(trial.experiment(), trial.number(), trial.continued(), ending, reason);
  }

  private static String reason(RunState state) {
    for (int i = 0; i < state.size(); i++) {
      var step = state.stepRun(i);
      if (step.state() instanceof StepState.Failed) {
        return step.name() + ": " + step.state().reason();
      }
    }
    return "";
  }

  private Plan plan(Experiment experiment, TrialLaunch trial) {
    var template = experiment.template();
    var run = trial.run();
    var params = files.write(run, trial.point().json());
    var origin =
        new Origin(
            Origin.Kind.TRIAL,
            template.origin().text(),
            template.origin().file(),
            Optional.of(template.id()));
    return new Plan(
        run,
        TrialWorkflow.of(experiment, trial, params),
        template.backend(),
        place(run, template),
        origin,
        template.code(),
        new ContentDigest().add("trial", template.digest(), run.value()).hex(),
        clock.instant(),
        template.setting());
  }

  private Place place(RunId run, Plan template) {
    var typed = template.place();
    Code kept = template.code();
    if (kept.snapshot().isEmpty()) {
      return typed;
    }
    var copy = files.emptyDirectory(run);
    code.restore(kept.snapshot().get(), Path.of(typed.directory()), copy);
    return new Place(copy.toString(), typed.environment(), typed.user(), typed.host());
  }
}
