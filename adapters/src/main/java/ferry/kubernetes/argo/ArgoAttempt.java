package ferry.kubernetes.argo;

import ferry.engine.AttemptSpec;
import ferry.kubernetes.AttemptLog;
import ferry.kubernetes.Disruption;
import ferry.kubernetes.LastWord;
import ferry.kubernetes.PodView;
import ferry.kubernetes.Telling;
import ferry.kubernetes.Wait;
import ferry.kubernetes.WaitReasons;
import ferry.run.Outcome;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt that Argo makes, followed on a thread of its own until its end is told. The step
 * itself tells first, then its Pod, which tells most; its node in the Workflow's status tells what
 * no Pod can.
 */
final class ArgoAttempt implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ArgoAttempt.class);

  /** How long two watches may disagree. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  /** How long a Pod may go on when its node is over. */
  private static final Duration ABANDONED = Duration.ofMinutes(1);

  /** How long the cluster may take to notice an end that the step itself told. */
  private static final Duration UNNOTICED = Duration.ofSeconds(30);

  /** What comes in. */
  sealed interface Signal {
    record PodSeen(Pod pod) implements Signal {}

    record PodGone(Pod pod) implements Signal {}

    record NodeSeen(Node node) implements Signal {}

    /** The Workflow is over, or gone, and nothing of this attempt is in it. */
    record NeverCame(Outcome outcome) implements Signal {}

    record Waits(String why) implements Signal {}

    record StopAsked() implements Signal {}

    record SaidEnd(LastWord.Said said) implements Signal {}

    /** All that the cluster knows of its Pods was put before. */
    record LookedUp() implements Signal {}

    /** Nobody looks after its Workflow any more. */
    record LeftAlone(Outcome outcome) implements Signal {}
  }

  /**
   * What an attempt needs from its run.
   *
   * @param log makes the copy of its log
   * @param said hears that its end is about to be told while its Pod has not ended
   * @param lookUp asks for all that the cluster knows, and {@link Signal.LookedUp} behind it
   * @param gaveUp hears that it is told as one that never started, while Argo may start it yet
   * @param over hears that nothing more of it needs to be seen
   */
  record Around(
      KubernetesClient client,
      WaitReasons reasons,
      Clock clock,
      Wait waiting,
      Telling telling,
      Function<LastWord, AttemptLog> log,
      Consumer<Pod> delete,
      Consumer<AttemptLog> keepOutputs,
      Runnable said,
      Runnable lookUp,
      Runnable gaveUp,
      Consumer<ArgoAttempt> over) {}

  private final AttemptSpec spec;
  private final Around around;
  private final Wait wait;
  private final Telling telling;
  private final AttemptLog log;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private @Nullable Pod pod;
  private @Nullable Instant endAt;
  private Instant endBy = Instant.MAX;
  private Outcome atEnd = new Outcome.Lost(Disruption.DELETED);
  private Instant nodeEnded = Instant.EPOCH;
  private @Nullable Node lastNode;
  private boolean isStopping;
  private boolean isOver;

  ArgoAttempt(AttemptSpec spec, Around around) {
    this.spec = spec;
    this.around = around;
    this.wait = around.waiting;
    this.telling = around.telling;
    var lastWord = new LastWord(spec.id().toString(), said -> put(new Signal.SaidEnd(said)));
    this.log = around.log.apply(lastWord);
  }

  /** Puts something to it that was seen or asked. */
  void put(Signal signal) {
    signals.add(signal);
  }

  @Override
  public void run() {
    try {
      while (!isOver) {
        boolean mustLook = endAt != null || !telling.isStarted() && (wait.mustLook() || isQueued());
        var signal = mustLook ? signals.poll(1, TimeUnit.SECONDS) : signals.take();
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
      end(Wait.failed("it could not be followed: " + broken), now());
    } finally {
      log.close();
      if (telling.isEnded()) {
        around.over.accept(this);
      }
    }
  }

  private void take(Signal signal) throws InterruptedException {
    switch (signal) {
      case Signal.PodSeen(var seen) -> see(seen);
      case Signal.PodGone(var gone) -> lose(gone);
      case Signal.NodeSeen(var node) -> see(node);
      case Signal.NeverCame(var outcome) ->
          endSoon(stoppedOr(outcome), pod == null ? Duration.ofSeconds(1) : SETTLING);
      case Signal.Waits(var why) -> waitFor(why);
      case Signal.StopAsked() -> {
        isStopping = true;
        if (pod != null) {
          around.delete.accept(pod);
        }
      }
      case Signal.SaidEnd(var said) -> saidEnd(said);
      case Signal.LookedUp() -> lookedUp();
      case Signal.LeftAlone(var outcome) -> end(stoppedOr(outcome), now());
    }
  }

  /** The step has told its end itself; whatever is unusual the cluster tells better. */
  private void saidEnd(LastWord.Said said) {
    var known = pod;
    if (known != null && !isStopping) {
      var code = OptionalInt.of(said.status());
      var ended = new PodView.Ended(code, Instant.EPOCH, "", said.values(), false);
      around.said.run();
      telling.ended(outcome(known, ended), Instant.EPOCH);
      endAt = now().plus(UNNOTICED);
    }
  }

  /** What comes to the log after the end that was told is kept too. */
  private void seeOut(Signal signal) throws InterruptedException {
    if (signal instanceof Signal.PodSeen(var seen) && PodView.of(seen) instanceof PodView.Ended) {
      log.finish(around.client, seen);
      isOver = true;
    } else if (signal instanceof Signal.PodGone) {
      isOver = true;
    }
  }

  private Outcome stoppedOr(Outcome outcome) {
    return isStopping ? new Outcome.Stopped(OptionalInt.empty()) : outcome;
  }

  private void see(Pod seen) throws InterruptedException {
    var known = pod;
    if (known == null || !PodView.isSame(known, seen)) {
      if (known != null && !PodView.isInPlaceOf(seen, known)) {
        return;
      }
      if (known != null) {
        letGo("the Pod was deleted; Argo started the step again in another one");
      }
      endAt = null;
      if (isStopping) {
        around.delete.accept(seen);
      }
    }
    pod = seen;
    switch (PodView.of(seen)) {
      case PodView.Waiting(var why) -> waitFor(why.isEmpty() ? "" : around.reasons.of(seen, why));
      case PodView.Running(var since) -> {
        telling.started(since);
        log.follow(around.client, seen);
      }
      case PodView.Ended ended -> ended(seen, ended);
    }
  }

  private void letGo(String words) throws InterruptedException {
    log.letGo(words);
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
      log.finish(around.client, seen).filter(_ -> !isStopping).ifPresent(log::say);
    }
    if (deleted && !succeeded && !isStopping && !ended.ofPod()) {
      atEnd = new Outcome.Lost(Disruption.of(seen));
      return; // Argo says whether it starts another
    }
    var outcome =
        isStopping && !succeeded ? new Outcome.Stopped(ended.exitCode()) : outcome(seen, ended);
    end(outcome, ended.at());
  }

  private Outcome outcome(Pod of, PodView.Ended ended) {
    var outcome = new TaskEnd(spec, of, ended, log).outcome();
    if (outcome instanceof Outcome.Succeeded) {
      around.keepOutputs.accept(log);
    }
    return outcome;
  }

  private void lose(Pod gone) throws InterruptedException {
    var known = pod;
    if (known != null && PodView.isSame(known, gone)) {
      letGo("the Pod was deleted");
      pod = null;
      atEnd = stoppedOr(new Outcome.Lost(Disruption.of(gone)));
      if (isStopping) {
        endSoon(atEnd, Duration.ZERO);
      } else if (lastNode != null) {
        see(lastNode); // a Pod that is told of late takes nothing back of what its node has said
      }
    }
  }

  private void see(Node node) {
    lastNode = node;
    if (node.isOver()) {
      nodeEnded = node.ended();
      boolean mayTell = node.isPod() && !isStopping;
      var outcome = isStopping && !node.hasSucceeded() ? stoppedOr(atEnd) : NodeEnd.of(node);
      boolean wasDeleted = mayTell && pod == null && telling.isStarted() && !node.hasSucceeded();
      endSoon(wasDeleted ? atEnd : outcome, SETTLING);
    } else if (pod == null) {
      waitFor(WaitingNode.words(node.message()));
    }
  }

  /** Unless a Pod tells more until then. */
  private void endSoon(Outcome outcome, Duration patience) {
    atEnd = outcome;
    if (endAt == null) {
      endAt = now().plus(patience);
      endBy = now().plus(ABANDONED);
    }
  }

  /** A Pod tells the end best, and has the end of the log: it is waited for where there is one. */
  private void lookedUp() {
    boolean mayTell = pod != null && !(PodView.of(pod) instanceof PodView.Ended);
    if (endAt != null && (!mayTell || now().isAfter(endBy))) {
      end(atEnd, nodeEnded);
    }
  }

  /** Of its place in the queue nothing comes in: it is asked for. */
  private boolean isQueued() {
    return pod != null && WaitReasons.isQueued(pod);
  }

  private void checkTime() {
    if (isOver) {
      return;
    }
    if (pod != null && !telling.isStarted() && isQueued()) {
      waitFor(around.reasons.of(pod, ""));
    } else if (!telling.isStarted()) {
      wait.look();
    }
    if (endAt != null && !now().isBefore(endAt)) {
      endAsKnown();
    } else if (!telling.isStarted() && !isStopping && wait.isTooLong()) {
      if (pod != null) {
        around.delete.accept(pod);
      }
      around.gaveUp.run();
      end(wait.tooLong(), now());
    }
  }

  /** The end is known; a Pod that no watch has told of yet may tell more. */
  private void endAsKnown() {
    isOver = telling.isEnded();
    if (!isOver) {
      endAt = now().plus(SETTLING);
      around.lookUp.run();
    }
  }

  private void waitFor(String why) {
    if (!telling.isStarted()) {
      wait.because(why);
    }
  }

  private Instant now() {
    return around.clock.instant();
  }

  private void end(Outcome outcome, Instant at) {
    telling.ended(outcome, at);
    isOver = true;
  }
}
