package ferry.submission;

import ferry.backend.CodeKeeper;
import ferry.backend.LogPolicies;
import ferry.backend.Origin;
import ferry.backend.Plan;
import ferry.collect.Collecting;
import ferry.collect.LengthUnit;
import ferry.collect.LogMetrics;
import ferry.collect.LogWatch;
import ferry.collect.MetricBatches;
import ferry.collect.RunMetrics;
import ferry.error.SystemError;
import ferry.error.UserException;
import ferry.experiment.Experiment;
import ferry.experiment.TrialLaunch;
import ferry.experiment.TrialRunner;
import ferry.experiment.Written;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.StepState;
import ferry.search.Ending;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The runs of trials: each in its own copy of the code as it was when the search began, and each
 * submitted once, however often it is asked for.
 */
public final class TrialRuns implements TrialRunner {
  private static final int AT_ONCE = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Submissions submissions;
  private final RunCatalog catalog;
  private final TrialFiles files;
  private final OwnCopies copies;
  private final Predecessors predecessors;
  private final LogWatch logs;
  private final MetricBatches metrics;
  private final Collecting collectors;
  private final InstantSource clock;
  private final Supplier<Reports> reports;
  private final Semaphore places = new Semaphore(AT_ONCE);

  /** Runs that are being made: whoever asks for one of them once more gets the same. */
  private final Set<RunId> beginning = ConcurrentHashMap.newKeySet();

  /** Runs that shall end, and why, until they have. */
  private final Map<RunId, String> stopping = new ConcurrentHashMap<>();

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
      MetricBatches metrics,
      Collecting collectors,
      InstantSource clock,
      Supplier<Reports> reports) {
    this.submissions = submissions;
    this.catalog = catalog;
    this.files = files;
    this.copies = new OwnCopies(code, files);
    this.predecessors =
        new Predecessors(
            run -> catalog.summary(run).map(RunSummary::status),
            stopping::containsKey,
            this::stop,
            () -> pause(LOOK));
    this.logs = logs;
    this.metrics = metrics;
    this.collectors = collectors;
    this.clock = clock;
    this.reports = reports;
  }

  @Override
  public void start(Experiment experiment, TrialLaunch trial) {
    if (beginning.add(trial.run())) {
      Thread.ofVirtual().name(trial.run().value()).start(() -> submit(experiment, trial));
    }
  }

  /** A stop may overtake the submission of the run that it is for: who comes second stops it. */
  @Override
  public void stop(RunId run, String why) {
    stopping.put(run, why);
    Thread.ofVirtual().name("stop " + run).start(() -> stopWhereKnown(run));
  }

  @Override
  public void stopOnceSaved(RunId run, String why) {
    Thread.ofVirtual().name("save " + run).start(() -> predecessors.stopOnceSaved(run, why));
  }

  private void stopWhereKnown(RunId run) {
    while (true) {
      var why = stopping.get(run);
      var known = catalog.find(run);
      if (why == null || known.isEmpty()) {
        return;
      }
      if (known.get().summary().status().isEnded()) {
        stopping.remove(run);
        return;
      }
      try {
        submissions.backend(known.get().plan()).stop(run, why);
        return;
      } catch (UserException _) {
        pause(PATIENCE); // it cannot be written down now
      }
    }
  }

  private void submit(Experiment experiment, TrialLaunch trial) {
    try {
      var plan = begun(experiment, trial);
      if (plan.isPresent()) {
        follow(experiment, trial, plan.get());
        if (stopping.containsKey(trial.run())) {
          stopWhereKnown(trial.run());
        }
      } else {
        stopping.remove(trial.run());
        told(trial, Ending.STOPPED, "", List.of());
      }
    } catch (UserException refused) {
      told(trial, Ending.FAILED, refused.error().message(), List.of());
    } catch (RuntimeException fault) {
      var why = "it could not be started, by a fault of Ferry's: " + fault;
      told(trial, Ending.FAILED, why, List.of());
    }
  }

  private Optional<Submissions.Accepted> begun(Experiment experiment, TrialLaunch trial) {
    try {
      predecessors.await(trial);
      return submitted(experiment, trial);
    } finally {
      beginning.remove(trial.run());
    }
  }

  /** Empty where it was stopped before. */
  private Optional<Submissions.Accepted> submitted(Experiment experiment, TrialLaunch trial) {
    return new Insistence(() -> isStopping(trial), TrialRuns::pause)
        .on(() -> tried(experiment, trial), why -> waits(trial, why));
  }

  private boolean isStopping(TrialLaunch trial) {
    return stopping.containsKey(trial.run());
  }

  private void waits(TrialLaunch trial, String why) {
    reports.get().waits(trial.experiment(), trial.number(), trial.continued(), why);
  }

  private Optional<Submissions.Accepted> tried(Experiment experiment, TrialLaunch trial) {
    places.acquireUninterruptibly();
    try {
      var known = catalog.find(trial.run());
      if (known.isEmpty() && isStopping(trial)) {
        return Optional.empty();
      }
      return known.isPresent()
          ? Optional.of(new Submissions.Accepted(known.get().plan(), false))
          : Optional.of(submissions.hand(plan(experiment, trial)));
    } finally {
      places.release();
    }
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  private void follow(Experiment experiment, TrialLaunch trial, Submissions.Accepted run) {
    var plan = run.plan();
    var objective = experiment.objective();
    Supplier<LogMetrics> reader =
        () ->
            objective
                .pattern()
                .map(pattern -> LogMetrics.of(pattern, objective.metric()))
                .orElseGet(LogMetrics::ofKnownForms);
    var tracked = metrics.of(plan, run.isNew());
    var beside =
        collectors.of(
            plan,
            objective.file(),
            objective.events(),
            objective.endpoint(),
            new LengthUnit(objective.length()),
            reader.get(),
            tracked);
    var events = logs.follow(plan, reader, beside, new Telling(experiment, trial, tracked));
    while (true) {
      try {
        submissions.backend(plan).follow(plan.id(), events);
        return;
      } catch (UserException e) {
        if (!(e.error() instanceof SystemError)) {
          throw e;
        }
      }
      pause(PATIENCE);
    }
  }

  private final class Telling implements LogWatch.Taker {
    private final Experiment experiment;
    private final TrialLaunch trial;
    private final RunMetrics tracked;

    Telling(Experiment experiment, TrialLaunch trial, RunMetrics tracked) {
      this.experiment = experiment;
      this.trial = trial;
      this.tracked = tracked;
    }

    @Override
    public void seen(String source, long first, List<LogMetrics.Found> found) {
      reports
          .get()
          .seen(trial.experiment(), trial.number(), trial.continued(), source, first, found);
      if (Collecting.isPrinted(found.getFirst().form())) {
        tracked.seen(source, found, clock.instant());
      }
    }

    @Override
    public void ended(RunState state, List<String> likely) {
      stopping.remove(trial.run());
      var ending =
          switch (state.status()) {
            case SUCCEEDED -> Ending.FINISHED;
            case STOPPED -> Ending.STOPPED;
            case FAILED, WAITING, RUNNING -> isInvalid(state) ? Ending.INVALID : Ending.FAILED;
          };
      Thread.ofVirtual()
          .name("settle " + trial.run())
          .start(() -> {
            try {
              settle(experiment, trial, state);
            } finally {
              told(trial, ending, reason(state), likely);
            }
          });
    }
  }

  /** What is to be said of its copy is said before its end, which may be the experiment's. */
  private void settle(Experiment experiment, TrialLaunch trial, RunState state) {
    var written = copies.settle(trial.run(), experiment.template(), state, Written.By.TRIAL);
    if (!written.isEmpty()) {
      reports.get().wrote(trial.experiment(), trial.number(), written);
    }
  }

  private void told(TrialLaunch trial, Ending ending, String reason, List<String> likely) {
    reports
        .get()
        .ended(trial.experiment(), trial.number(), trial.continued(), ending, reason, likely);
  }

  private static boolean isInvalid(RunState state) {
    return IntStream.range(0, state.size())
        .mapToObj(i -> state.stepRun(i).state())
        .anyMatch(one ->
            one instanceof StepState.Failed failed && LogPolicies.isInvalid(failed.reason()));
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
    var params = files.write(run, TrialWorkflow.point(experiment, trial).json());
    var place = copies.make(run, template);
    experiment.objective().file().ifPresent(file -> files.clear(Path.of(place.directory()), file));
    trial.checkpoint().ifPresent(from -> files.handOn(from, run));
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
        place,
        origin,
        template.code(),
        new ContentDigest().add("trial", template.digest(), run.value()).hex(),
        clock.instant(),
        Elsewhere.setting(experiment));
  }
}
