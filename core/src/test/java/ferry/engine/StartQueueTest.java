package ferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.AttemptId;
import ferry.run.Capacity;
import ferry.run.RunId;
import ferry.workflow.Command;
import ferry.workflow.Resources;
import ferry.workflow.StepFiles;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StartQueueTest {
  private static final RunId RUN = new RunId("digits-ab12c");
  private static final AttemptSpec FIRST = spec("first", Set.of());
  private static final AttemptSpec SECOND = spec("second", Set.of("first"));

  private final StartQueue<String> queue = new StartQueue<>(new Capacity(1000, 0, 0));

  @Test
  void whatComesAfterAnotherStartsWhenThatHasSucceeded() {
    assertThat(queue.add(FIRST, "first")).containsExactly("first");
    assertThat(queue.add(SECOND, "second")).isEmpty();
    assertThat(queue.end(FIRST.id(), true)).containsExactly("second");
  }

  @Test
  void whatComesAfterOneThatFailedWaitsOn() {
    queue.add(FIRST, "first");
    queue.add(SECOND, "second");
    assertThat(queue.end(FIRST.id(), false)).isEmpty();
    assertThat(queue.release(SECOND.id())).containsExactly("second");
  }

  @Test
  void whatIsReleasedWhileItIsInDoubtStartsWhenItTurnsOutNotToHaveStarted() {
    queue.hold(FIRST);
    queue.hold(SECOND);
    queue.end(FIRST.id(), false);
    assertThat(queue.release(SECOND.id())).isEmpty();
    assertThat(queue.addHeld(SECOND, "second")).containsExactly("second");
  }

  @Test
  void whatIsInDoubtWhileTheOneBeforeItSucceedsStartsToo() {
    queue.hold(FIRST);
    queue.hold(SECOND);
    queue.end(FIRST.id(), true);
    assertThat(queue.addHeld(SECOND, "second")).containsExactly("second");
  }

  @Test
  void nothingIsLeftOnceAllHaveEnded() {
    queue.hold(FIRST);
    queue.hold(SECOND);
    queue.end(FIRST.id(), true);
    queue.end(SECOND.id(), true);
    assertThat(queue.isEmpty()).isTrue();
  }

  private static AttemptSpec spec(String stepRun, Set<String> after) {
    return new AttemptSpec(
            new AttemptId(RUN, stepRun, 1),
            new Command.Shell("true"),
            Map.of(),
            Map.of(),
            Resources.NONE,
            Optional.empty(),
            Optional.empty(),
            StepFiles.NONE)
        .after(after);
  }
}
