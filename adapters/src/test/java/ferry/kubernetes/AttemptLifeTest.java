package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.backend.Timetable;
import ferry.engine.AttemptSpec;
import ferry.engine.Preview;
import ferry.files.FileHome;
import ferry.run.Outcome;
import ferry.run.RunEvent.Ended;
import ferry.run.RunId;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptLifeTest {
  private static final Map<String, String> FIRED = Map.of(Timetable.FIRED, "nightly-1");

  /** What the log says where the cluster tried it once more. */
  private static final String BOTH =
      """
      said by first
      [ferry: it failed; the cluster tries it again in another Pod]
      said by second
      """;

  @TempDir Path directory;

  /** Exit statuses that were reported. */
  private final List<Integer> told = new ArrayList<>();

  private final List<Pod> pods = new ArrayList<>();
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
  void ofAJobThatTheClusterTriedAgainAllPodsAreReadAlthoughItWasOverFirst() throws Exception {
    pods.add(TestPods.ended(api, "second", "2026-01-01T00:01:00Z", 4));
    pods.add(TestPods.ended(api, "first", "2026-01-01T00:00:00Z", 3));

    var life = life(FIRED);
    life.put(new Signal.JobSeen(failed()));
    life.put(new Signal.PodSeen(pods.getLast()));
    life.run();

    assertThat(told).containsExactly(4);
    assertThat(log()).isEqualTo(BOTH);
  }

  @Test
  void theNextServerReadsNoPodOfAJobASecondTime() throws Exception {
    pods.add(TestPods.ended(api, "second", "2026-01-01T00:01:00Z", 4));
    pods.add(TestPods.ended(api, "first", "2026-01-01T00:00:00Z", 3));

    for (int server = 0; server < 2; server++) {
      var life = life(FIRED);
      life.put(new Signal.JobSeen(failed()));
      life.put(new Signal.PodSeen(pods.getLast()));
      life.run();
    }

    assertThat(told).containsExactly(4, 4);
    assertThat(log()).isEqualTo(BOTH);
  }

  @Test
  void thePodThatIsToldOfFirstMayBeTheLastOne() throws Exception {
    pods.add(TestPods.ended(api, "second", "2026-01-01T00:01:00Z", 4));
    pods.add(TestPods.ended(api, "first", "2026-01-01T00:00:00Z", 3));

    var life = life(FIRED);
    life.put(new Signal.PodSeen(pods.getFirst()));
    life.put(new Signal.PodSeen(pods.getLast()));
    life.put(new Signal.JobSeen(failed()));
    life.run();

    assertThat(told).containsExactly(4);
    assertThat(log()).isEqualTo(BOTH);
  }

  @Test
  void podsOfOneSecondAreAllReadAndTheOneThatWasSeenIsTheFirst() throws Exception {
    pods.add(TestPods.ended(api, "second", "2026-01-01T00:00:00Z", 4));
    pods.add(TestPods.ended(api, "first", "2026-01-01T00:00:00Z", 3));

    var life = life(FIRED);
    life.put(new Signal.PodSeen(pods.getLast()));
    life.put(new Signal.JobSeen(failed()));
    life.run();

    assertThat(told).containsExactly(4);
    assertThat(log()).isEqualTo(BOTH);
  }

  @Test
  void aPodThatWasLeftForOneOfTheSameSecondDoesNotComeBack() throws Exception {
    pods.add(TestPods.ended(api, "second", "2026-01-01T00:00:00Z", 4));
    pods.add(TestPods.ended(api, "first", "2026-01-01T00:00:00Z", 3));

    var life = life(FIRED);
    life.put(new Signal.PodSeen(pods.getLast()));
    life.put(new Signal.PodSeen(pods.getFirst()));
    life.put(new Signal.PodSeen(pods.getLast()));
    life.put(new Signal.JobSeen(failed()));
    life.run();

    assertThat(told).containsExactly(4);
  }

  @Test
  void aPodOfOursThatFailedEndsItsAttemptAtOnce() throws Exception {
    var life = life(Map.of());
    life.put(new Signal.PodSeen(TestPods.ended(api, "only", "2026-01-01T00:00:00Z", 3)));
    life.run();

    assertThat(told).containsExactly(3);
    assertThat(log()).isEqualTo("said by only\n");
  }

  private String log() throws Exception {
    return Files.readString(directory.resolve("log"));
  }

  private static Job failed() {
    return new JobBuilder()
        .withNewStatus()
        .addNewCondition()
        .withType("Failed")
        .withStatus("True")
        .endCondition()
        .endStatus()
        .build();
  }

  private AttemptLife life(Map<String, String> setting) {
    var plan =
        new Plan(
            new RunId("nightly-1"),
            Workflow.of("nightly", Step.of("train", "python train.py")),
            "kubernetes",
            new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
            new Origin(Origin.Kind.SCHEDULE, "nightly", Optional.empty(), Optional.empty()),
            Code.UNKNOWN,
            "digest",
            Instant.EPOCH,
            setting);
    var around =
        new AttemptLife.Around(
            new Known(),
            (_, event) -> {
              if (event instanceof Ended ended
                  && ended.outcome() instanceof Outcome.Failed failed) {
                told.add(failed.exitCode().orElseThrow());
              }
            },
            new HurriedClock(),
            directory,
            line -> line,
            new KeptOutputs(new FileHome(directory).artifacts()));
    return new AttemptLife(plan, Preview.of(plan).getFirst(), around, true, false);
  }

  /** A cluster that has the Job already, and the Pods of the test. */
  private final class Known implements Jobs {
    @Override
    public void create(Plan plan, AttemptSpec attempt) {
      throw new IllegalStateException("it is there");
    }

    @Override
    public boolean find(Plan plan, AttemptSpec attempt) {
      return true;
    }

    @Override
    public List<Pod> pods(Plan plan, AttemptSpec attempt) {
      return pods;
    }

    @Override
    public void stop(Plan plan, AttemptSpec attempt) {
      pods.clear();
    }

    @Override
    public KubernetesClient client(Plan plan) {
      return api.client;
    }

    @Override
    public WaitReasons reasons(Plan plan) {
      throw new IllegalStateException("nothing waits");
    }

    @Override
    public void told(AttemptLife life, Outcome outcome) {}

    @Override
    public void forget(AttemptLife life) {}
  }
}
