package ferry.kubernetes.argo;

import ferry.backend.Checkpoints;
import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.engine.Launcher.Reports;
import ferry.kubernetes.Cluster;
import ferry.kubernetes.ClusterTrouble;
import ferry.kubernetes.Fired;
import ferry.kubernetes.KeptOutputs;
import ferry.kubernetes.Refusals;
import ferry.kubernetes.Refused;
import ferry.run.AttemptId;
import ferry.run.Outcome;
import ferry.run.Outcome.Cause;
import ferry.run.RunState;
import ferry.run.RunStatus;
import ferry.run.StepState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run while it goes on, on a thread of its own: sees to it that its Workflow is there and is
 * asked to end when the run is, and gives each attempt what is seen of it.
 */
final class ArgoRun implements Runnable {
  /** The end of what an attempt waits for while its Workflow cannot be made. */
  static final String TRYING_AGAIN = "; trying again";

  private static final Logger LOG = LoggerFactory.getLogger(ArgoRun.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /** How long Argo may take to look at a Workflow for the first time. */
  private static final Duration UNSEEN = Duration.ofSeconds(10);

  private static final long KEPT_WELL_SECONDS = 3_600;

  /** A search may be paused for so long, and its next trial goes on from what this one saved. */
  private static final long KEPT_SHARED_SECONDS = 86_400;

  /** What comes in. */
  sealed interface Signal {
    record Decided(RunState state) implements Signal {}

    record Launched(AttemptSpec spec) implements Signal {}

    record StopAsked(AttemptId attempt) implements Signal {}

    record WorkflowSeen(GenericKubernetesResource workflow) implements Signal {}

    record WorkflowGone(String name) implements Signal {}

    record PodSeen(String workflow, Pod pod, boolean isGone) implements Signal {}

    record Warned(String pod, String why) implements Signal {}

    /** An attempt is about to end by the word of its node alone: what does the cluster know? */
    record PodsAsked(String attempt) implements Signal {}
  }

  /** What a run needs from those that look after all of them. */
  record Around(
      Path home,
      Cluster cluster,
      RunWorkflows objects,
      Function<RunState, RunWorkflows.Wanted> text,
      ArgoWatch watch,
      KeptOutputs outputs,
      Reports reports,
      Clock clock) {}

  private final Plan plan;
  private final Around around;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final ArgoAttempts attempts;
  private final Refusals refusals = new Refusals();

  private RunState state;
  private @Nullable SeenWorkflow workflow;
  private String shutDown = "";
  private boolean isLetGo;
  private boolean isOver;

  ArgoRun(Plan plan, RunState state, Around around) {
    this.plan = plan;
    this.state = state;
    this.around = around;
    this.attempts =
        new ArgoAttempts(
            plan,
            around,
            pod -> attempt(() -> around.objects.delete(pod)),
            key -> put(new Signal.PodsAsked(key)));
  }

  /** Whether it takes the signal; once it is over, it takes none. */
  synchronized boolean put(Signal signal) {
    return !isOver && signals.add(signal);
  }

  /** Whether it has come to its end, and takes nothing more. */
  synchronized boolean isOver() {
    return isOver;
  }

  /** What came in meanwhile, such as a wish to go on, is still looked at. */
  private synchronized boolean isFinished() {
    isOver = isLetGo && signals.isEmpty() && attempts.ending().isEmpty();
    return isOver;
  }

  @Override
  public void run() {
    try {
      while (!isFinished()) {
        var due = begin();
        var signal = signals.poll(1, TimeUnit.SECONDS);
        if (signal != null) {
          take(due, signal);
        }
        watchTime(due);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed: the next server goes on
    } catch (RuntimeException broken) {
      LOG.error("following {} failed", plan.id(), broken);
      var why = "its Workflow could not be followed: " + broken;
      var outcome = new Outcome.Failed(Cause.CANNOT_START, OptionalInt.empty(), why);
      attempts.putAll(new ArgoAttempt.Signal.LeftAlone(outcome));
    }
  }

  /** The Workflow that is due; it is made where it never was. */
  private SeenWorkflow begin() throws InterruptedException {
    var name = WorkflowText.name(plan, state.retried());
    var known = workflow;
    if (known != null && known.name().equals(name)) {
      return known;
    }
    var due = new SeenWorkflow(name, Tasks.of(plan, state), around.clock.instant());
    var pause = FIRST_PAUSE;
    while (!isMade(due)) {
      drain(due);
      Thread.sleep(pause);
      var twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
    workflow = due;
    shutDown = "";
    attempts.forEach(key -> tell(due, key));
    end(due);
    return due;
  }

  /** Whether it is there, or never will be; all who wait are told otherwise. */
  private boolean isMade(SeenWorkflow due) {
    try {
      make(due);
      refusals.over();
      return true;
    } catch (KubernetesClientException trouble) {
      return isRefused(due, around.cluster.words(trouble));
    } catch (Refused trouble) {
      return isRefused(due, trouble.words());
    }
  }

  /** Whether it is of no use to try again; all who wait are told why it is. */
  private boolean isRefused(SeenWorkflow due, ClusterTrouble words) {
    if (refusals.isFinal(words, System.nanoTime())) {
      around.cluster.rights().forget();
      refuse(due, words);
      attempt(around.objects::deleteUnlessKept);
      return true;
    }
    var why = words.message() + TRYING_AGAIN;
    attempts.putAll(new ArgoAttempt.Signal.Waits(why));
    return false;
  }

  private void make(SeenWorkflow due) {
    var known = around.objects.find(due.name());
    if (known.isEmpty() && (isFired(due) || SeenWorkflow.wasThere(state))) {
      due.go();
      return;
    }
    known.filter(_ -> !isFired(due)).ifPresent(around.objects::own);
    var made = known.orElseGet(() -> around.objects.create(around.text.apply(state)));
    due.see(WorkflowView.of(made));
    around.watch.podsOf(due.name()).forEach(pod -> due.see(pod, false, state));
  }

  /** Whether a schedule's object made it, which sees to its end too. */
  private boolean isFired(SeenWorkflow due) {
    return Fired.object(plan).filter(due.name()::equals).isPresent();
  }

  private static void refuse(SeenWorkflow due, ClusterTrouble words) {
    var help = words.help().isEmpty() ? "" : "; " + words.help().getFirst();
    due.see(new WorkflowView("Error", words.message() + help, Map.of()));
  }

  /** Attempts are told what they wait for, although their Workflow is not there yet. */
  private void drain(SeenWorkflow due) {
    for (var signal = signals.poll(); signal != null; signal = signals.poll()) {
      switch (signal) {
        case Signal.Launched(var spec) -> follow(due, spec);
        case Signal.Decided(var decided) -> state = decided;
        case Signal.StopAsked(var attempt) -> stop(attempt);
        case Signal.PodsAsked(var attempt) -> lookUp(due, attempt);
        case Signal.WorkflowSeen _, Signal.WorkflowGone _, Signal.PodSeen _, Signal.Warned _ -> {}
      }
    }
  }

  private void take(SeenWorkflow due, Signal signal) {
    switch (signal) {
      case Signal.Decided(var decided) -> {
        state = decided;
        end(due);
      }
      case Signal.Launched(var spec) -> follow(due, spec);
      case Signal.StopAsked(var attempt) -> stop(attempt);
      case Signal.WorkflowSeen(var seen) -> {
        if (seen.getMetadata().getName().equals(due.name())) {
          due.see(WorkflowView.of(seen));
          attempts.forEach(key -> tell(due, key));
        }
      }
      case Signal.WorkflowGone(var gone) -> {
        if (gone.equals(due.name())) {
          due.go();
          attempts.forEach(key -> tell(due, key));
        }
      }
      case Signal.PodSeen(var of, var pod, var isGone) -> {
        if (of.equals(due.name())) {
          due.see(pod, isGone, state).ifPresent(key -> attempts.put(key, seen(pod, isGone)));
        }
      }
      case Signal.Warned(var pod, var why) ->
          due.ofPod(pod).ifPresent(key -> attempts.put(key, new ArgoAttempt.Signal.Waits(why)));
      case Signal.PodsAsked(var attempt) -> lookUp(due, attempt);
    }
  }

  private void stop(AttemptId attempt) {
    attempts.put(SeenWorkflow.key(attempt), new ArgoAttempt.Signal.StopAsked());
  }

  /** Whatever the cluster has of an attempt is told before the answer. */
  private void lookUp(SeenWorkflow due, String attempt) {
    try {
      around.objects.pods(due.name()).forEach(pod -> see(due, pod));
      refusals.over();
      attempts.put(attempt, new ArgoAttempt.Signal.LookedUp());
    } catch (KubernetesClientException trouble) {
      var words = around.cluster.words(trouble);
      LOG.info("what became of {} of {} is not told: {}", attempt, plan.id(), words.message());
      if (refusals.isFinal(words, System.nanoTime())) {
        attempts.put(attempt, new ArgoAttempt.Signal.LookedUp());
      }
    }
  }

  private void see(SeenWorkflow due, Pod pod) {
    due.see(pod, false, state).ifPresent(key -> attempts.put(key, seen(pod, false)));
  }

  private static ArgoAttempt.Signal seen(Pod pod, boolean isGone) {
    return isGone ? new ArgoAttempt.Signal.PodGone(pod) : new ArgoAttempt.Signal.PodSeen(pod);
  }

  /** Asks the Workflow to end where the run was asked to, and lets it go in time. */
  private void end(SeenWorkflow due) {
    boolean ended = state.status().isEnded();
    if (ended && !isLetGo && !due.isGone()) {
      letGo(due);
    } else if (!ended && !due.isGone() && state.stopReason().isPresent()) {
      shutDown(due, isFinallyStopped());
    }
    isLetGo = ended;
  }

  private boolean isFinallyStopped() {
    for (int i = 0; i < state.size(); i++) {
      var now = state.stepRun(i).state();
      boolean stopped = now instanceof StepState.Stopping || now instanceof StepState.Stopped;
      if (stopped && state.dag().isFinally(state.stepRun(i).step())) {
        return true;
      }
    }
    return false;
  }

  private void shutDown(SeenWorkflow due, boolean all) {
    var wanted = all ? "Terminate" : "Stop";
    if (!shutDown.equals(wanted) && !due.view().isOver()) {
      attempt(() -> around.objects.shutDown(due.name(), all));
      shutDown = wanted;
    }
  }

  /** The run has ended: whatever Argo still does of it is ended too. */
  private void letGo(SeenWorkflow due) {
    if (due.hasRunningPods(attempts.ending()) || attempts.isAnyGivenUp()) {
      shutDown(due, true);
    }
    if (isFired(due)) {
      return;
    }
    boolean well = state.status() == RunStatus.SUCCEEDED;
    long kept = Checkpoints.of(plan).isPresent() ? KEPT_SHARED_SECONDS : KEPT_WELL_SECONDS;
    attempt(() -> around.objects.keepFor(due.name(), well ? kept : WorkflowText.KEPT_SECONDS));
    attempt(around.objects::letGivenGo);
    attempt(() -> around.objects.letTokensGo(ArgoReach.secret(plan, state.retried())));
    attempt(around.objects::letSharedGo);
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (KubernetesClientException trouble) {
      LOG.warn("{}: {}", plan.id(), around.cluster.words(trouble).message());
    } catch (Refused trouble) {
      LOG.warn("{}: {}", plan.id(), trouble.getMessage());
    }
  }

  private void follow(SeenWorkflow due, AttemptSpec spec) {
    var key = SeenWorkflow.key(spec.id());
    if (attempts.follow(key, spec)) {
      due.pod(key).ifPresent(pod -> attempts.put(key, seen(pod, false)));
      around.watch.podsOf(due.name()).forEach(pod -> see(due, pod));
      tell(due, key);
    }
  }

  /** What the Workflow says of an attempt. */
  private void tell(SeenWorkflow due, String key) {
    if (due.isGone()) {
      var outcome = new Outcome.Lost("its Workflow was deleted");
      attempts.put(key, new ArgoAttempt.Signal.NeverCame(outcome));
      return;
    }
    var node = due.node(key, state);
    if (node.isPresent()) {
      attempts.put(key, new ArgoAttempt.Signal.NodeSeen(node.get()));
    } else if (due.view().isOver()) {
      attempts.put(key, new ArgoAttempt.Signal.NeverCame(due.neverCame()));
    }
  }

  private void watchTime(SeenWorkflow due) {
    var refusal = around.watch.refusal();
    if (refusal.isPresent()) {
      attempts.putAll(new ArgoAttempt.Signal.Waits(refusal.get()));
      return;
    }
    var waited = Duration.between(due.since(), around.clock.instant());
    if (!due.view().isSeen() && !due.isGone() && waited.compareTo(UNSEEN) > 0) {
      var why =
          "Argo has not taken its Workflow up: is its workflow-controller running, and does it"
              + " look after this namespace?";
      attempts.putAll(new ArgoAttempt.Signal.Waits(why));
    }
  }

  /** Lets go of all attempts where they are. */
  void close() throws InterruptedException {
    attempts.close();
  }
}
