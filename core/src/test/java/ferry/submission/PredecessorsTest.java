package ferry.submission;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.experiment.TrialLaunch;
import ferry.experiment.TrialLaunch.Predecessor;
import ferry.run.RunId;
import ferry.run.RunStatus;
import ferry.search.space.Point;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How long a trial waits for the runs before it. */
class PredecessorsTest {
  private static final RunId EXPERIMENT = new RunId("digits-x7k2p");
  private static final RunId BEFORE = new RunId("digits-x7k2p-1");
  private static final RunId OWN = new RunId("digits-x7k2p-2");

  private final Map<RunId, RunStatus> runs = new HashMap<>();
  private final Set<RunId> stopping = new HashSet<>();
  private final Map<RunId, String> stopped = new HashMap<>();

  /** What happens while it waits, one thing a pause. */
  private final Queue<Runnable> meanwhile = new ArrayDeque<>();

  private int pauses;
  private final Predecessors predecessors =
      new Predecessors(
          run -> Optional.ofNullable(runs.get(run)), stopping::contains, stopped::put, this::pause);

  private void pause() {
    pauses++;
    Optional.ofNullable(meanwhile.poll()).ifPresent(Runnable::run);
  }

  private static TrialLaunch launch(Optional<RunId> checkpoint, Optional<Predecessor> after) {
    return new TrialLaunch(
        EXPERIMENT, 2, 0, Point.of(Map.of()), 7, OptionalLong.empty(), checkpoint, after);
  }

  private static TrialLaunch inPlaceOf(boolean putAside) {
    return launch(Optional.empty(), Optional.of(new Predecessor(BEFORE, putAside)));
  }

  @Test
  void aTrialWithoutPredecessorsDoesNotWait() {
    predecessors.await(launch(Optional.empty(), Optional.empty()));
    assertThat(pauses).isZero();
  }

  @Test
  void itWaitsUntilTheRunWhosePlaceItTakesHasEnded() {
    runs.put(BEFORE, RunStatus.RUNNING);
    meanwhile.add(() -> {});
    meanwhile.add(() -> runs.put(BEFORE, RunStatus.STOPPED));
    predecessors.await(inPlaceOf(false));
    assertThat(pauses).isEqualTo(2);
    assertThat(stopped).isEmpty();
  }

  @Test
  void aRunThatIsGoneHasEnded() {
    predecessors.await(inPlaceOf(false));
    assertThat(pauses).isZero();
  }

  @Test
  void oneThatWasPutAsideIsStoppedWhenItsTimeToSaveIsOver() {
    runs.put(BEFORE, RunStatus.RUNNING);
    meanwhile.addAll(pausesBefore(Predecessors.LOOKS_TO_SAVE));
    meanwhile.add(() -> runs.put(BEFORE, RunStatus.STOPPED));
    predecessors.await(inPlaceOf(true));
    assertThat(stopped).containsExactly(Map.entry(BEFORE, "another takes its place"));
    assertThat(pauses).isEqualTo((int) Predecessors.LOOKS_TO_SAVE);
  }

  @Test
  void oneThatWasToldToEndAnywayHasAsLongAsItTakes() {
    runs.put(BEFORE, RunStatus.RUNNING);
    meanwhile.addAll(pausesBefore(10 * Predecessors.LOOKS_TO_SAVE));
    meanwhile.add(() -> runs.put(BEFORE, RunStatus.SUCCEEDED));
    predecessors.await(inPlaceOf(false));
    assertThat(stopped).isEmpty();
    assertThat(pauses).isEqualTo((int) (10 * Predecessors.LOOKS_TO_SAVE));
  }

  @Test
  void whatShallEndItselfWaitsForNobody() {
    runs.put(BEFORE, RunStatus.RUNNING);
    meanwhile.add(() -> stopping.add(OWN));
    predecessors.await(launch(Optional.of(BEFORE), Optional.of(new Predecessor(BEFORE, false))));
    assertThat(pauses).isEqualTo(1);
  }

  @Test
  void whatAnEarlierServerStartedWaitsForNobody() {
    runs.put(BEFORE, RunStatus.RUNNING);
    runs.put(OWN, RunStatus.RUNNING);
    predecessors.await(inPlaceOf(false));
    assertThat(pauses).isZero();
  }

  @Test
  void aRunWhoseCheckpointIsWaitedForIsStoppedWhenItsTimeToSaveIsOver() {
    runs.put(BEFORE, RunStatus.RUNNING);
    meanwhile.addAll(pausesBefore(Predecessors.LOOKS_TO_SAVE));
    meanwhile.add(() -> runs.put(BEFORE, RunStatus.STOPPED));
    predecessors.await(launch(Optional.of(BEFORE), Optional.empty()));
    assertThat(stopped).containsExactly(Map.entry(BEFORE, "another begins with its checkpoint"));
  }

  @Test
  void oneThatWasPutAsideBeforeTheServerBeganHasItsTimeToSave() {
    runs.put(BEFORE, RunStatus.RUNNING);
    predecessors.stopOnceSaved(BEFORE, "put aside");
    assertThat(stopped).containsExactly(Map.entry(BEFORE, "put aside"));
    assertThat(pauses).isEqualTo((int) Predecessors.LOOKS_TO_SAVE - 1);
  }

  @Test
  void oneThatHasSavedAndEndedIsNotStopped() {
    runs.put(BEFORE, RunStatus.RUNNING);
    meanwhile.add(() -> runs.put(BEFORE, RunStatus.SUCCEEDED));
    predecessors.stopOnceSaved(BEFORE, "put aside");
    assertThat(stopped).isEmpty();
    assertThat(pauses).isEqualTo(1);
  }

  private static List<Runnable> pausesBefore(long look) {
    return java.util.Collections.nCopies((int) look - 1, () -> {});
  }
}
