package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.engine.Launcher.Reports;
import ferry.run.Outcome;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.Started;
import ferry.run.Usage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt from the wish that it start to the report of its end, on a thread of its own: what is
 * seen of its Job and Pods comes in one after the other. Several Pods of one Job are one attempt.
 */
final class AttemptLife implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptLife.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** How long a Job without a Pod, or a Pod without its Job, may be a matter of two watches. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  /** How long a Pod may be ending after the time that it was given for it. */
  private static final Duration ABANDONED = Duration.ofMinutes(1);

  /** What the cluster's clock and ours may differ by, or a report may take. */
  private static final Duration NEARLY_NOW = Duration.ofSeconds(3);

  /** What comes in. */
  sealed interface Signal {
    record PodSeen(Pod pod) implements Signal {}

    record PodGone(Pod pod) implements Signal {}

    record JobSeen(Job job) implements Signal {}

    record JobGone() implements Signal {}

    record Warned(String why) implements Signal {}

    record StopAsked() implements Signal {}
  }

  /** What an attempt needs from those that look after all of them. */
  record Around(
      Jobs jobs,
      Reports reports,
      Clock clock,
      Path directory,
      UnaryOperator<byte[]> mask,
      KeptOutputs outputs) {}

  private final Plan plan;
  private final AttemptSpec spec;
  private final Around around;
  private final Wait wait;
  private final boolean mayExist;
  private final boolean mustExist;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private @Nullable Pod pod;
  private final AttemptLog log;
  private @Nullable Instant endAt;
  private Outcome atEnd = new Outcome.Lost("its Job was deleted");
  private boolean isStarted;
  private boolean isJobGone;
  private boolean isStopping;
  private boolean isOver;

  /**
   * An attempt.
   *
   * @param mayExist whether an earlier process of ours may have created its Job
   * @param mustExist whether it is known to have been created
   */
  AttemptLife(Plan plan, AttemptSpec spec, Around around, boolean mayExist, boolean mustExist) {
    this.plan = plan;
    this.spec = spec;
    this.around = around;
    this.mayExist = mayExist;
    this.mustExist = mustExist;
    this.log = new AttemptLog(around.directory, around.mask);
    this.wait = new Wait(plan, spec.id(), around.reports, around.clock);
  }

  /** Puts something to it that was seen or asked. */
  void put(Signal signal) {
    signals.add(signal);
  }

  Plan plan() {
    return plan;
  }

  AttemptSpec spec() {
    return spec;
  }

  @Override
  public void run() {
    try {
      var start =
          new JobStart(around.jobs, plan, spec, wait, this::isStopAsked, mayExist, mustExist);
      start.run().ifPresent(outcome -> end(outcome, around.clock.instant()));
      while (!isOver) {
        var signal = next();
        if (signal != null) {
          take(signal);
        }
        checkTime();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed: the next server goes on
    } catch (RuntimeException broken) {
      LOG.error("following {} failed", spec.id(), broken);
      end(Wait.failed("it could not be followed: " + broken), around.clock.instant());
    } finally {
      log.close();
    }
  }

  private boolean isStopAsked() {
    return signals.stream().anyMatch(Signal.StopAsked.class::isInstance);
  }

  private @Nullable Signal next() throws InterruptedException {
    boolean mustLook = endAt != null || !isStarted && wait.isBounded();
    return mustLook ? signals.poll(1, TimeUnit.SECONDS) : signals.take();
  }

  private void take(Signal signal) throws InterruptedException {
    switch (signal) {
      case Signal.PodSeen(var seen) -> see(seen);
      case Signal.PodGone(var gone) -> lose(gone);
      case Signal.JobSeen(var job) -> see(job);
      case Signal.JobGone() -> {
        isJobGone = true;
        var words = isStopping ? new Outcome.Stopped(OptionalInt.empty()) : atEnd;
        endSoon(words, pod == null ? Duration.ZERO : SETTLING);
      }
      case Signal.Warned(var why) -> {
        if (!isStarted) {
          wait.because(why);
        }
      }
      case Signal.StopAsked() -> {
        isStopping = true;
        delete();
      }
    }
  }

  private void see(Pod seen) throws InterruptedException {
    var known = pod;
    if (known != null && !isSame(known, seen)) {
      if (known.getMetadata().getDeletionTimestamp() == null
          && known
                  .getMetadata()
                  .getCreationTimestamp()
                  .compareTo(seen.getMetadata().getCreationTimestamp())
              >= 0) {
        return;
      }
      replace();
    }
    pod = seen;
    if (!isJobGone) {
      endAt = null;
    }
    switch (PodView.of(seen)) {
      case PodView.Waiting(var why) -> {
        if (!why.isEmpty()) {
          wait.because(why);
        }
      }
      case PodView.Running(var since) -> {
        started(since);
        log.follow(around.jobs.client(plan), seen);
      }
      case PodView.Ended ended -> ended(seen, ended);
    }
  }

  private static boolean isSame(Pod one, Pod other) {
    return one.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  /** The cluster made another Pod for the same Job. */
  private void replace() {
    log.letGo("the Pod was deleted; the cluster started the step again in another one");
  }

  private void ended(Pod seen, PodView.Ended ended) throws InterruptedException {
    boolean deleted = seen.getMetadata().getDeletionTimestamp() != null;
    boolean succeeded = ended.exitCode().orElse(-1) == 0;
    if (ended.exitCode().isPresent()) {
      started(ended.at());
      log.follow(around.jobs.client(plan), seen);
    }
    if (!log.finish() && !isStopping) {
      log.say("the end of the log may be missing: the node has deleted it");
    }
    if (deleted && !succeeded && !isStopping && !ended.ofPod()) {
      atEnd = new Outcome.Lost("its Pod was deleted while it ran");
      return; // the Job says whether it starts another
    }
    var outcome =
        isStopping && !succeeded
            ? new Outcome.Stopped(ended.exitCode())
            : new StepEnd(spec, seen, ended, new LogWords(log.file())).outcome();
    if (outcome instanceof Outcome.Succeeded) {
      log.keepOutputs(plan, spec, around.outputs);
    }
    if (deleted && succeeded) {
      delete(); // or the cluster would do all of it again
    }
    end(outcome, near(ended.at()));
  }

  private void lose(Pod gone) {
    var known = pod;
    if (known != null && isSame(known, gone)) {
      replace();
      pod = null;
      if (!isStopping) {
        atEnd = new Outcome.Lost("its Pod was deleted while it ran");
      }
      if (isJobGone) {
        endSoon(isStopping ? new Outcome.Stopped(OptionalInt.empty()) : atEnd, Duration.ZERO);
        endAt = around.clock.instant(); // nothing more of it can come
      }
    }
  }

  private void see(Job job) {
    var status = job.getStatus();
    if (status == null || status.getConditions() == null) {
      return;
    }
    for (var condition : status.getConditions()) {
      if ("True".equals(condition.getStatus())) {
        switch (condition.getType()) {
          case "Failed" ->
              endSoon(isStopping ? new Outcome.Stopped(OptionalInt.empty()) : atEnd, SETTLING);
          case "Complete" -> endSoon(Outcome.Succeeded.PLAIN, SETTLING);
          default -> {}
        }
      }
    }
  }

  /** Unless a Pod tells more until then. */
  private void endSoon(Outcome outcome, Duration patience) {
    atEnd = outcome;
    if (endAt == null) {
      endAt = around.clock.instant().plus(patience);
    }
  }

  /** The end is known; a Pod that no watch has told of yet may tell more: values, a reason. */
  private void endAsSeen() throws InterruptedException {
    var now = around.clock.instant();
    try {
      var pods = around.jobs.pods(plan, spec);
      for (var each : pods) {
        if (!isOver) {
          see(each);
        }
      }
      if (!isOver && pods.stream().allMatch(each -> isAbandoned(each, now))) {
        end(atEnd, now);
      }
      endAt = now.plus(SETTLING);
    } catch (Jobs.Trouble trouble) {
      LOG.info("what became of {} is asked again: {}", spec.id(), trouble.getMessage());
      endAt = now.plus(PAUSE);
    }
  }

  /** Whether it should be gone for long: its node cannot be asked any more. */
  private static boolean isAbandoned(Pod pod, Instant now) {
    var deleted = PodView.time(pod.getMetadata().getDeletionTimestamp());
    return !deleted.equals(Instant.EPOCH) && deleted.plus(ABANDONED).isBefore(now);
  }

  private void checkTime() throws InterruptedException {
    if (isOver) {
      return;
    }
    if (endAt != null && !around.clock.instant().isBefore(endAt)) {
      endAsSeen();
    } else if (!isStarted && !isStopping && wait.isTooLong()) {
      delete();
      end(wait.tooLong(), around.clock.instant());
    }
  }

  private void delete() {
    try {
      around.jobs.delete(plan, spec);
    } catch (Jobs.Trouble trouble) {
      LOG.warn("{} could not be deleted, trying again: {}", spec.id(), trouble.words().message());
      Thread.startVirtualThread(() -> {
        try {
          Thread.sleep(PAUSE);
          put(new Signal.StopAsked());
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      });
    }
  }

  private void started(Instant since) {
    if (!isStarted) {
      isStarted = true;
      around.reports.report(
          spec.id().run(), new Started(spec.id().stepRun(), spec.id().number(), near(since)));
    }
  }

  /** The cluster tells whole seconds; what was seen as it happened is known better here. */
  private Instant near(Instant told) {
    var now = around.clock.instant();
    return told.equals(Instant.EPOCH) || Duration.between(told, now).abs().compareTo(NEARLY_NOW) < 0
        ? now
        : told;
  }

  private void end(Outcome outcome, Instant at) {
    if (!isOver) {
      isOver = true;
      around.jobs.forget(this);
      around.reports.report(
          spec.id().run(),
          new Ended(spec.id().stepRun(), spec.id().number(), at, outcome, Usage.UNKNOWN));
    }
  }
}
