package ferry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.backend.Plan;
import ferry.error.RequestError;
import ferry.error.UserException;
import ferry.run.Capacity;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.workflow.OneLiner;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the engine asks of the places that it starts steps in. */
class EngineTest {
  private static final RunId RUN = new RunId("hello-aaaaa");

  private final SimulatedJournal journal = new SimulatedJournal();
  private final List<String> left = new ArrayList<>();
  private final Engine engine = engine();
  private final Thread walking = Thread.ofVirtual().unstarted(engine::run);

  private Engine engine() {
    var machine = new SimulatedMachine(Capacity.ofAttempts(3));
    var launcher = new SimulatedLauncher(machine, 0, InstantSource.system(), new Random(1));
    return new Engine(
        journal,
        Map.of(Simulation.CLUSTER, launcher),
        InstantSource.system(),
        new RunListener() {
          @Override
          public void changed(Plan plan, List<RunEvent> events, RunState before, RunState after) {}

          @Override
          public void leftBehind(RunId run, UserException why) {
            left.add(run + ": " + why.error().message());
          }
        });
  }

  @BeforeEach
  void walk() {
    walking.start();
  }

  @AfterEach
  void end() {
    walking.interrupt();
  }

  @Test
  void aRunIsRecordedAsItsPlaceAcceptedIt() {
    engine.submit(Scenario.plan(RUN, OneLiner.parse("hello", "a >> b"), Simulation.CLUSTER));

    assertThat(journal.plan(RUN).orElseThrow().setting()).containsEntry("accepted", "boot-1");
  }

  @Test
  void aBackendThatIsNotThereIsRefusedByName() {
    var plan = Scenario.plan(RUN, OneLiner.parse("hello", "a >> b"), "clutser");

    assertThatThrownBy(() -> engine.submit(plan))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> {
              assertThat(e.error()).isInstanceOf(RequestError.NotFound.class);
              assertThat(e.error().message()).isEqualTo("there is no backend `clutser`");
              assertThat(e.error().help()).containsExactly("did you mean `cluster`?");
            });
    assertThat(journal.plans).isEmpty();
  }

  @Test
  void aRunWhoseBackendIsGoneIsLeftBehindInWords() {
    var plan = Scenario.plan(RUN, OneLiner.parse("hello", "a >> b"), "gone");
    var state = RunState.of(plan.workflow());
    journal.append(List.of(new Journal.Entry(plan, true, List.of(), state, List.of())));

    engine.recover();

    assertThat(left).containsExactly("hello-aaaaa: there is no backend `gone`");
  }
}
