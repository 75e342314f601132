package ferry.kubernetes.argo;

import ferry.engine.AttemptSpec;
import ferry.engine.Launcher.Reports;
import ferry.kubernetes.AttemptLog;
import ferry.kubernetes.PodView;
import ferry.run.Outcome;
import ferry.run.Outcome.Cause;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.Pending;
import ferry.run.RunEvent.Started;
import ferry.run.Usage;
import ferry.workflow.DurationText;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt that Argo makes, followed on a thread of its own until its end is told. Its Pod tells
 * first and most; its node in the Workflow's status tells what no Pod can.
 */
final class ArgoAttempt implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ArgoAttempt.class);

  /** How long two watches may disagree. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  /** What the cluster's clock and ours may differ by, or a report may take. */
  private static final Duration NEARLY_NOW = Duration.ofSeconds(3);

  /** What comes in. */
  sealed interface Signal {
    record PodSeen(Pod pod) implements Signal {}

    record PodGone(Pod pod) implements Signal {}

    record NodeSeen(Node node) implements Signal {}

    /** The Workflow is over, or gone, and nothing of this attempt is in it. */
    record NeverCame(Outcome outcome) implements Signal {}

    record Waits(String why) implements Signal {}

    record StopAsked() implements Signal {}
  }

  /** What an attempt needs from its run. */
  record Around(
      KubernetesClient client,
      Reports reports,
      Clock clock,
      AttemptLog log,
      Optional<Duration> pendingTimeout,
      Consumer<Pod> delete,
      Runnable keepOutputs,
      Consumer<ArgoAttempt> ended) {}

  private final AttemptSpec spec;
  private final Around around;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private @Nullable Pod pod;
  private @Nullable Instant endAt;
  private Outcome atEnd = new Outcome.Lost("its Pod was deleted while it ran");
  private String waitsFor = "";
  private Instant waitsSince = Instant.EPOCH;
  private boolean isStarted;
  private boolean isStopping;
  private boolean isOver;

  ArgoAttempt(AttemptSpec spec, Around around) {
    this.spec = spec;
    this.around = around;
  }

  AttemptSpec spec() {
    return spec;
  }

  /** Puts something to it that was seen or asked. */
  void put(Signal signal) {
    signals.add(signal);
  }

  @Override
  public void run() {
    waitsSince = now();
    try {
      while (!isOver) {
        boolean mustLook = endAt != null || !isStarted && around.pendingTimeout.isPresent();
        var signal = mustLook ? signals.poll(1, TimeUnit.SECONDS) : signals.take();
        if (signal != null) {
          take(signal);
        }
        checkTime();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed: the next server goes on
    } catch (RuntimeException broken) {
      LOG.error("following {} failed", spec.id(), broken);
      end(failed("it could not be followed: " + broken), now());
    } finally {
      around.log.close();
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
    }
  }

  private Outcome stoppedOr(Outcome outcome) {
    return isStopping ? new Outcome.Stopped(OptionalInt.empty()) : outcome;
  }

  private void see(Pod seen) throws InterruptedException {
    var known = pod;
    if (known == null || !isSame(known, seen)) {
      if (known != null && isOlder(seen, known)) {
        return;
      }
      if (known != null) {
        around.log.letGo("the Pod was deleted; Argo started the step again in another one");
      }
      endAt = null;
      if (isStopping) {
        around.delete.accept(seen);
      }
    }
    pod = seen;
    switch (PodView.of(seen)) {
      case PodView.Waiting(var why) -> {
        if (!why.isEmpty()) {
          waitFor(why);
        }
      }
      case PodView.Running(var since) -> {
        started(since);
        around.log.follow(around.client, seen);
      }
      case PodView.Ended ended -> ended(seen, ended);
    }
  }

  private static boolean isSame(Pod one, Pod other) {
    return one.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  private static boolean isOlder(Pod one, Pod other) {
    return other.getMetadata().getDeletionTimestamp() == null
        && one.getMetadata()
                .getCreationTimestamp()
                .compareTo(other.getMetadata().getCreationTimestamp())
            <= 0;
  }

  private void ended(Pod seen, PodView.Ended ended) throws InterruptedException {
    boolean deleted = seen.getMetadata().getDeletionTimestamp() != null;
    boolean succeeded = ended.exitCode().orElse(-1) == 0;
    if (ended.exitCode().isPresent()) {
      started(ended.at());
      around.log.follow(around.client, seen);
    }
    if (!around.log.finish() && !isStopping) {
      around.log.say("the end of the log may be missing: the node has deleted it");
    }
    if (deleted && !succeeded && !isStopping && !ended.ofPod()) {
      atEnd = new Outcome.Lost("its Pod was deleted while it ran");
      return; // Argo says whether it starts another
    }
    var outcome =
        isStopping && !succeeded
            ? new Outcome.Stopped(ended.exitCode())
            : new TaskEnd(spec, seen, ended, around.log).outcome();
    if (outcome instanceof Outcome.Succeeded) {
      around.keepOutputs.run();
    }
    end(outcome, near(ended.at()));
  }

  private void lose(Pod gone) {
    var known = pod;
    if (known != null && isSame(known, gone)) {
      around.log.letGo("the Pod was deleted");
      pod = null;
      atEnd = stoppedOr(new Outcome.Lost("its Pod was deleted while it ran"));
      if (isStopping) {
        endSoon(atEnd, Duration.ZERO);
      }
    }
  }

  private void see(Node node) {
    if (node.isOver()) {
      boolean mayTell = node.isPod() && !isStopping;
      var outcome = isStopping && !node.hasSucceeded() ? stoppedOr(atEnd) : NodeEnd.of(node);
      boolean wasDeleted = mayTell && pod == null && isStarted && !node.hasSucceeded();
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
    }
  }

  private void checkTime() {
    if (isOver) {
      return;
    }
    if (endAt != null && !now().isBefore(endAt)) {
      end(atEnd, now());
    } else if (!isStarted && !isStopping && isTooLong()) {
      if (pod != null) {
        around.delete.accept(pod);
      }
      end(tooLong(), now());
    }
  }

  private boolean isTooLong() {
    return around.pendingTimeout.isPresent()
        && Duration.between(waitsSince, now()).compareTo(around.pendingTimeout.get()) > 0;
  }

  private Outcome tooLong() {
    return failed(
        "did not start within %s%s"
            .formatted(
                DurationText.print(around.pendingTimeout.orElseThrow()),
                waitsFor.isEmpty() ? "" : ": " + waitsFor));
  }

  private static Outcome failed(String reason) {
    return new Outcome.Failed(Cause.CANNOT_START, OptionalInt.empty(), reason);
  }

  private void waitFor(String why) {
    if (!isStarted && !why.isEmpty() && !why.equals(waitsFor)) {
      waitsFor = why;
      around.reports.report(
          spec.id().run(), new Pending(spec.id().stepRun(), spec.id().number(), now(), why));
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
    var now = now();
    return told.equals(Instant.EPOCH) || Duration.between(told, now).abs().compareTo(NEARLY_NOW) < 0
        ? now
        : told;
  }

  private Instant now() {
    return around.clock.instant();
  }

  private void end(Outcome outcome, Instant at) {
    if (!isOver) {
      isOver = true;
      around.ended.accept(this);
      around.reports.report(
          spec.id().run(),
          new Ended(spec.id().stepRun(), spec.id().number(), at, outcome, Usage.UNKNOWN));
    }
  }
}
