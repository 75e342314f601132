package ferry.kubernetes.argo;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.engine.Launcher.Reports;
import ferry.engine.Preview;
import ferry.kubernetes.AttemptLog;
import ferry.kubernetes.FakeApi;
import ferry.kubernetes.HurriedClock;
import ferry.kubernetes.RunSettings;
import ferry.kubernetes.Telling;
import ferry.kubernetes.TestPods;
import ferry.kubernetes.Wait;
import ferry.run.Outcome;
import ferry.run.RunEvent.Ended;
import ferry.run.RunId;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgoAttemptTest {
  private static final Plan PLAN =
      new Plan(
          new RunId("digits-1"),
          Workflow.of("digits", Step.of("train", "python train.py")),
          ArgoLauncher.NAME,
          new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
          new Origin(Origin.Kind.FILE, "ferry.yaml", Optional.empty(), Optional.empty()),
          Code.UNKNOWN,
          "digest",
          Instant.EPOCH,
          Map.of(RunSettings.PENDING_TIMEOUT, "10s"));

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;

  private final List<Outcome> told = new ArrayList<>();
  private final List<Instant> toldAt = new ArrayList<>();

  /** What the cluster knows, whatever the watches told. */
  private final List<Pod> pods = new ArrayList<>();

  private final Clock clock = new HurriedClock();
  private boolean isGivenUp;
  private FakeApi api;

  @BeforeEach
  void open() throws Exception {
    api = new FakeApi();
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aPodThatNoWatchToldOfIsReadBeforeTheWordOfItsNodeIsTaken() throws Exception {
    pods.add(TestPods.ended(api, "train", "2026-01-01T00:00:00Z", 0));

    var attempt = attempt();
    attempt.put(new ArgoAttempt.Signal.NodeSeen(succeeded()));
    attempt.run();

    assertThat(told).containsExactly(Outcome.Succeeded.PLAIN);
    assertThat(Files.readString(directory.resolve("log"))).isEqualTo("said by train\n");
  }

  @Test
  void theWordOfItsNodeIsTakenWhereTheClusterHasNoPodOfItAnyMore() {
    var attempt = attempt();
    attempt.put(new ArgoAttempt.Signal.NodeSeen(succeeded()));
    attempt.run();

    assertThat(told).containsExactly(Outcome.Succeeded.PLAIN);
    assertThat(directory.resolve("log")).doesNotExist();
  }

  @Test
  void whoWaitsTooLongIsGivenUpSoThatItsWorkflowIsAskedToEnd() {
    attempt().run();

    assertThat(isGivenUp).isTrue();
    assertThat(told).singleElement().isInstanceOf(Outcome.Failed.class);
  }

  /** Or the next try would seem to begin before this one's end. */
  @Test
  void anAttemptWhosePodIsGoneEndedWhenItsNodeDid() {
    var deleted = "pod deleted";
    var attempt = attempt();
    attempt.put(
        new ArgoAttempt.Signal.NodeSeen(
            new Node("digits-1.train", "Pod", "Error", deleted, OptionalInt.empty(), T)));
    attempt.run();

    assertThat(told).singleElement().isInstanceOf(Outcome.Lost.class);
    assertThat(toldAt).containsExactly(T);
  }

  /** A cluster may tell of a Pod once more after it was deleted, and then again that it is gone. */
  @Test
  void aPodThatIsToldOfLateTakesNothingBackOfWhatItsNodeHasSaid() {
    var running =
        new PodBuilder(TestPods.ended(api, "train", "2026-01-01T00:00:00Z", 0))
            .withNewStatus()
            .withPhase("Running")
            .addNewContainerStatus()
            .withName("main")
            .withNewState()
            .withNewRunning("2026-01-01T00:00:00Z")
            .endState()
            .endContainerStatus()
            .endStatus()
            .build();
    var error = new Node("digits-1.train", "Pod", "Error", "pod deleted", OptionalInt.empty(), T);
    var attempt = attempt();
    attempt.put(new ArgoAttempt.Signal.PodSeen(running));
    attempt.put(new ArgoAttempt.Signal.PodGone(running));
    attempt.put(new ArgoAttempt.Signal.NodeSeen(error));
    attempt.put(new ArgoAttempt.Signal.PodSeen(running));
    attempt.put(new ArgoAttempt.Signal.PodGone(running));
    attempt.run();

    assertThat(told).singleElement().isInstanceOf(Outcome.Lost.class);
  }

  private static Node succeeded() {
    return new Node("digits-1.train", "Pod", "Succeeded", "", OptionalInt.of(0), Instant.EPOCH);
  }

  private ArgoAttempt attempt() {
    Reports reports =
        (_, event) -> {
          if (event instanceof Ended ended) {
            told.add(ended.outcome());
            toldAt.add(ended.at());
          }
        };
    AttemptSpec spec = Preview.of(PLAN).getFirst();
    var made = new ArrayList<ArgoAttempt>();
    var attempt =
        new ArgoAttempt(
            spec,
            new ArgoAttempt.Around(
                api.client,
                null,
                clock,
                new Wait(PLAN, spec.id(), reports, clock),
                new Telling(PLAN, spec.id(), reports, clock),
                lastWord -> new AttemptLog(directory, line -> line, lastWord),
                _ -> {},
                _ -> {},
                () -> {},
                () -> lookUp(made.getFirst()),
                () -> isGivenUp = true,
                _ -> {}));
    made.add(attempt);
    return attempt;
  }

  private void lookUp(ArgoAttempt attempt) {
    pods.forEach(pod -> attempt.put(new ArgoAttempt.Signal.PodSeen(pod)));
    attempt.put(new ArgoAttempt.Signal.LookedUp());
  }
}
