package ferry.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.experiment.TrialLaunch.Predecessor;
import ferry.run.RunId;
import ferry.search.Ending;
import ferry.search.SearchPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Who follows whom, where only so many trials may run at once. */
class PlacesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");
  private static final RunId FIRST = new RunId("digits-x7k2p-1");
  private static final RunId SECOND = new RunId("digits-x7k2p-2");
  private static final RunId THIRD = new RunId("digits-x7k2p-3");

  private final List<ExperimentEvent> record = new ArrayList<>();

  private static Experiment experiment(SearchPlan plan) {
    return new Experiment(
        ExperimentsTest.template(), plan, Objective.printed("accuracy"), Budget.NONE);
  }

  private static SearchPlan halving(String once) {
    return ExperimentsTest.PLAN
        .withMethod("asha", Map.of("divisor", "3", "stop_once", once))
        .withTrials(10, 1)
        .withLength(9);
  }

  private List<TrialLaunch> starts(ExperimentState state, ExperimentEvent event) {
    var then = new Consequences();
    state.apply(event, then);
    record.add(event);
    return then.starts;
  }

  private static ExperimentEvent reported(int trial, double length, double value) {
    return new ExperimentEvent.Reported(NOW, trial, "train/1", 0, OptionalDouble.of(length), value);
  }

  private static ExperimentEvent ended(int trial) {
    return new ExperimentEvent.Ended(NOW, trial, Ending.STOPPED, "");
  }

  @Test
  void whatTakesThePlaceOfAStoppedTrialWaitsForTheEndOfItsProcess() {
    var state = new ExperimentState(experiment(halving("true")));
    assertThat(starts(state, new ExperimentEvent.Begun(NOW)))
        .extracting(TrialLaunch::after)
        .containsExactly(Optional.empty());

    assertThat(starts(state, reported(1, 9, 0.9)))
        .extracting(TrialLaunch::after)
        .containsExactly(Optional.of(new Predecessor(FIRST, false)));
    assertThat(starts(state, ended(1))).isEmpty();
    assertThat(starts(state, reported(2, 1, 0.1)))
        .extracting(TrialLaunch::after)
        .containsExactly(Optional.of(new Predecessor(SECOND, false)));
  }

  @Test
  void itIsCalledWaitingForSoLong() {
    var state = new ExperimentState(experiment(halving("true")));
    starts(state, new ExperimentEvent.Begun(NOW));
    starts(state, reported(1, 9, 0.9));
    assertThat(state.record(2).state()).isEqualTo(TrialRecord.State.WAITING);

    var then = new Consequences();
    state.apply(ended(1), then);

    assertThat(state.record(2).state()).isEqualTo(TrialRecord.State.RUNNING);
    assertThat(then.changed).contains(2);
  }

  @Test
  void aServerThatTakesItUpLetsItWaitForTheSameProcess() {
    var experiment = experiment(halving("true"));
    var state = new ExperimentState(experiment);
    starts(state, new ExperimentEvent.Begun(NOW));
    var next = starts(state, reported(1, 9, 0.9));

    assertThat(ExperimentState.of(experiment, record, List.of()).takenUp().starts)
        .containsAll(next);
  }

  @Test
  void whatTakesThePlaceOfATrialThatWasPutAsideGivesItTimeToSave() {
    var state = new ExperimentState(experiment(halving("false")));
    starts(state, new ExperimentEvent.Begun(NOW));

    assertThat(starts(state, reported(1, 1, 0.9)))
        .extracting(TrialLaunch::after)
        .containsExactly(Optional.of(new Predecessor(FIRST, true)));
  }

  @Test
  void anotherServerGivesItThatTimeToo() {
    var experiment = experiment(halving("false"));
    var state = new ExperimentState(experiment);
    starts(state, new ExperimentEvent.Begun(NOW));
    starts(state, reported(1, 1, 0.9));

    var then = ExperimentState.of(experiment, record, List.of()).takenUp();
    assertThat(then.saving).containsExactly(Map.entry(FIRST, "put aside"));
    assertThat(then.stops).isEmpty();
  }

  @Test
  void aPlaceWhoseTrialHasEndedIsFreeBeforeOneWhoseTrialIsStillEnding() {
    var places = new Places(2);
    places.take(FIRST, Optional.empty());
    places.take(SECOND, Optional.empty());
    places.leaves(FIRST, false);
    places.ended(SECOND);

    assertThat(places.take(THIRD, Optional.empty())).isEmpty();
  }

  @Test
  void aPlaceThatWasTakenIsNotFreeOnceMoreWhenTheFormerTrialEnds() {
    var places = new Places(1);
    places.take(FIRST, Optional.empty());
    places.leaves(FIRST, false);
    places.take(SECOND, Optional.empty());
    places.ended(FIRST);
    places.leaves(SECOND, false);

    assertThat(places.take(THIRD, Optional.empty())).contains(new Predecessor(SECOND, false));
  }

  @Test
  void aTrialThatIsGoneOnWithKeepsItsOwnPlace() {
    var places = new Places(1);
    places.take(FIRST, Optional.empty());

    assertThat(places.take(SECOND, Optional.of(FIRST))).isEmpty();
    places.leaves(SECOND, true);
    assertThat(places.take(THIRD, Optional.empty())).contains(new Predecessor(SECOND, true));
  }
}
