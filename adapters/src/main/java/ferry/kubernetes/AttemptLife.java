package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.engine.Launcher.Reports;
import ferry.run.Outcome;
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

  /** How long the cluster may take to notice an end that the step itself told. */
  private static final Duration UNNOTICED = Duration.ofSeconds(30);

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
  private final Telling telling;
  private final JobStop stop;
  private final boolean mayExist;
  private final boolean mustExist;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final PodSequence sequence = new PodSequence();
  private @Nullable Pod pod;
  private final AttemptLog log;
  private @Nullable Instant endAt;
  private Outcome atEnd = new Outcome.Lost("its Job was deleted");
  private @Nullable Job held;
  private boolean isNodeSilent;
  private boolean isJobGone;
  private boolean isJobOver;
  private boolean isLastPod;
  private boolean isStopping;
  private boolean isAllRead;
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
    this.stop = new JobStop(around.jobs, plan, spec, this::put);
    var lastWord = new LastWord(spec.id().toString(), said -> put(new Signal.SaidEnd(said)));
    this.log = new AttemptLog(around.directory, around.mask, lastWord);
    this.wait = new Wait(plan, spec.id(), around.reports, around.clock);
    this.telling = new Telling(plan, spec.id(), around.reports, around.clock);
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
        if (signal != null && telling.isEnded()) {
          seeOut(signal);
        } else if (signal != null) {
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
      if (telling.isEnded()) {
        around.jobs.forget(this);
      }
    }
  }

  private boolean isStopAsked() {
    return signals.stream().anyMatch(Signal.StopAsked.class::isInstance);
  }

  private @Nullable Signal next() throws InterruptedException {
    boolean mustLook = endAt != null || held != null || !telling.isStarted() && wait.mustLook();
    return mustLook ? signals.poll(1, TimeUnit.SECONDS) : signals.take();
  }

  private void take(Signal signal) throws InterruptedException {
    switch (signal) {
      case Signal.PodSeen(var seen) -> seeInOrder(seen);
      case Signal.PodGone(var gone) -> lose(gone);
      case Signal.JobSeen(var job) -> see(job);
      case Signal.JobGone() -> {
        isJobGone = true;
        endSoon(stoppedOr(atEnd), pod == null ? Duration.ZERO : SETTLING);
      }
      case Signal.Warned(var why) -> {
        if (!telling.isStarted()) {
          wait.because(why);
        }
      }
      case Signal.NodeSilent() -> {
        isNodeSilent = true;
        log.say("nothing is heard of the step's node; unless it comes back, the step is lost");
      }
      case Signal.StopAsked() -> {
        isStopping = true;
        stop.run();
        endSoon(new Outcome.Stopped(OptionalInt.empty()), ABANDONED);
      }
      case Signal.SaidEnd(var said) -> saidEnd(said);
    }
  }

  /** The step has told its end itself; whatever is unusual the cluster tells better. */
  private void saidEnd(LastWord.Said said) {
    var known = pod;
    if (known != null && !isStopping && !isJobGone && !isTriedAgain(said.status() == 0)) {
      isAllRead = said.isLast();
      var code = OptionalInt.of(said.status());
      var ended = new PodView.Ended(code, Instant.EPOCH, "", said.values(), false);
      tell(outcome(known, ended), Instant.EPOCH);
      endAt = around.clock.instant().plus(UNNOTICED);
    }
  }

  /**
   * Until the cluster has noticed the end that was told, a Pod that is deleted would make it begin
   * the step again.
   */
  private void seeOut(Signal signal) throws InterruptedException {
    boolean isNoticed = signal instanceof Signal.JobGone;
    boolean isAgain = false;
    var known = pod;
    if (signal instanceof Signal.PodSeen(var seen) && known != null) {
      isNoticed = PodView.of(seen) instanceof PodView.Ended;
      isAgain = !PodView.isSame(known, seen) || PodView.isDeleted(seen);
    } else if (signal instanceof Signal.PodGone(var gone) && known != null) {
      isAgain = PodView.isSame(known, gone);
    }
    if (isNoticed && !isAllRead && known != null) {
      log.finish(around.jobs.client(plan), known);
    }
    if (isAgain) {
      stop.run();
    }
    isOver = isNoticed || isAgain;
  }

  private Outcome stoppedOr(Outcome outcome) {
    return isStopping ? new Outcome.Stopped(OptionalInt.empty()) : outcome;
  }

  /** A Job that the cluster began may have had Pods before the one that is told of first. */
  private void seeInOrder(Pod seen) throws InterruptedException {
    if (sequence.begin() && Fired.is(plan, spec.id())) {
      seeAll(seen);
    }
    if (!isOver) {
      see(seen);
    }
  }

  private void seeAll(Pod first) throws InterruptedException {
    try {
      for (var each : sequence.rest(around.jobs.pods(plan, spec), first)) {
        see(each);
      }
    } catch (Jobs.Trouble trouble) {
      LOG.info("earlier Pods of {} are not known: {}", spec.id(), trouble.getMessage());
    }
  }

  private void see(Pod seen) throws InterruptedException {
    var known = pod;
    if (known != null && !PodView.isSame(known, seen)) {
      if (!sequence.isNext(seen, known)) {
        return;
      }
      replace();
    }
    pod = seen;
    held = null;
    isNodeSilent &= !PodView.isReady(seen);
    if (!isJobGone && !isJobOver && !isStopping) {
      endAt = null;
    }
    switch (PodView.of(seen)) {
      case PodView.Waiting(var why) ->
          wait.because(why.isEmpty() ? "" : around.jobs.reasons(plan).of(seen, why));
      case PodView.Running(var since) -> {
        telling.started(since);
        log.follow(around.jobs.client(plan), seen);
      }
      case PodView.Ended ended -> ended(seen, ended);
    }
  }

  /** The cluster made another Pod for the same Job. */
  private void replace() throws InterruptedException {
    sequence.leave(pod);
    log.letGo(
        pod != null && PodView.of(pod) instanceof PodView.Ended
            ? "it failed; the cluster tries it again in another Pod"
            : "the Pod was deleted; the cluster started the step again in another one");
    signals.removeIf(Signal.SaidEnd.class::isInstance);
  }

  private void ended(Pod seen, PodView.Ended ended) throws InterruptedException {
    boolean deleted = PodView.isDeleted(seen);
    boolean succeeded = ended.exitCode().orElse(-1) == 0;
    boolean hasRun = ended.exitCode().isPresent();
    if (hasRun) {
      telling.started(ended.at());
    }
    boolean mayHaveLog = hasRun || log.isFollowed();
    if (mayHaveLog) {
      log.finish(around.jobs.client(plan), seen).filter(_ -> !isStopping).ifPresent(log::say);
    }
    if (deleted && !succeeded && !isStopping && !ended.ofPod()) {
      atEnd = new Outcome.Lost(Disruption.of(seen, isNodeSilent));
      return; // the Job says whether it starts another
    }
    var outcome =
        isStopping && !succeeded ? new Outcome.Stopped(ended.exitCode()) : outcome(seen, ended);
    if (isTriedAgain(succeeded)) {
      atEnd = outcome;
      return;
    }
    if (deleted && succeeded) {
      stop.run(); // or the cluster would do all of it again
    }
    end(outcome, ended.at());
  }

  private Outcome outcome(Pod of, PodView.Ended ended) {
    var outcome = new StepEnd(spec, of, ended, new LogWords(log.file())).outcome();
    if (outcome instanceof Outcome.Succeeded) {
      log.keepOutputs(plan, spec, around.outputs);
    }
    return outcome;
  }

  /** Whether the cluster itself may try it again: only Jobs that it began are tried by it. */
  private boolean isTriedAgain(boolean succeeded) {
    boolean isLast = isJobGone || isJobOver && isLastPod;
    return !succeeded && !isStopping && !isLast && Fired.is(plan, spec.id());
  }

  private void lose(Pod gone) throws InterruptedException {
    var known = pod;
    if (known != null && PodView.isSame(known, gone)) {
      replace();
      pod = null;
      if (!isStopping) {
        atEnd = new Outcome.Lost(Disruption.of(gone, isNodeSilent));
      }
      if (isJobGone || isStopping && isJobOver) {
        endSoon(stoppedOr(atEnd), Duration.ZERO);
        endAt = around.clock.instant(); // nothing more of it can come
      }
    }
  }

  private void see(Job job) {
    held = !telling.isStarted() && pod == null && WaitReasons.isSuspended(job) ? job : null;
    var status = job.getStatus();
    if (status == null || status.getConditions() == null) {
      return;
    }
    for (var condition : status.getConditions()) {
      if ("True".equals(condition.getStatus())) {
        switch (condition.getType()) {
          case "Failed" -> {
            isJobOver = true;
            endSoon(stoppedOr(atEnd), isStopping && pod == null ? Duration.ZERO : SETTLING);
          }
          case "Complete" -> endSoon(Outcome.Succeeded.PLAIN, SETTLING);
          default -> {}
        }
      }
    }
  }

  /** Unless a Pod tells more until then. */
  private void endSoon(Outcome outcome, Duration patience) {
    atEnd = outcome;
    var at = around.clock.instant().plus(patience);
    if (endAt == null || at.isBefore(endAt)) {
      endAt = at;
    }
  }

  /** The end is known; a Pod that no watch has told of yet may tell more: values, a reason. */
  private void endAsSeen() throws InterruptedException {
    var now = around.clock.instant();
    try {
      var pods = sequence.rest(around.jobs.pods(plan, spec), pod);
      for (var each : pods) {
        if (!isOver) {
          isLastPod = PodView.isSame(each, pods.getLast());
          see(each);
        }
      }
      if (!isOver
          && pods.stream().allMatch(each -> PodView.isDeletedBefore(each, now.minus(ABANDONED)))) {
        end(atEnd, now);
      }
      endAt = now.plus(SETTLING);
    } catch (Jobs.Trouble trouble) {
      LOG.info("what became of {} is asked again: {}", spec.id(), trouble.getMessage());
      endAt = now.plus(PAUSE);
    }
  }

  private void checkTime() throws InterruptedException {
    if (isOver) {
      return;
    }
    var suspended = held;
    if (suspended != null) {
      wait.because(around.jobs.reasons(plan).of(suspended));
    } else if (!telling.isStarted()) {
      wait.look();
    }
    if (endAt != null && !around.clock.instant().isBefore(endAt)) {
      isOver = telling.isEnded();
      if (!isOver) {
        endAsSeen();
      }
    } else if (!telling.isStarted() && !isStopping && wait.isTooLong()) {
      stop.run();
      end(wait.tooLong(), around.clock.instant());
    }
  }

  private void end(Outcome outcome, Instant at) {
    tell(outcome, at);
    isOver = true;
  }

  private void tell(Outcome outcome, Instant at) {
    if (!telling.isEnded()) {
      around.jobs.told(this, outcome);
      telling.ended(outcome, at);
    }
  }
}
