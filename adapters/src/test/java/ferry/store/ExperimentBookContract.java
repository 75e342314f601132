package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.experiment.Budget;
import ferry.experiment.Experiment;
import ferry.experiment.ExperimentBook;
import ferry.experiment.ExperimentEvent;
import ferry.experiment.ExperimentSummary;
import ferry.experiment.ExperimentSummary.State;
import ferry.experiment.Objective;
import ferry.experiment.TrialOrder;
import ferry.experiment.TrialRecord;
import ferry.run.RunId;
import ferry.search.Goal;
import ferry.search.SearchPlan;
import ferry.search.space.Point;
import ferry.search.space.Space;
import ferry.search.space.SpaceReader;
import ferry.search.space.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every store must do with experiments and their trials. */
abstract class ExperimentBookContract extends StoreContract {
  private static final SearchPlan PLAN =
      SearchPlan.of(Space.of(SpaceReader.parameter("test", "lr=0.0..1.0")), Goal.MAXIMIZE)
          .withMethod("random")
          .withTrials(10, 3)
          .withSeed(7);

  private ExperimentBook book() {
    return store().experiments();
  }

  private static Experiment experiment(String id) {
    var budget = new Budget(Optional.of(Duration.ofHours(1)), OptionalLong.of(500));
    return new Experiment(plan(id, NOON), PLAN, Objective.printed("accuracy"), budget);
  }

  private static ExperimentSummary summary(String id, State state, Instant submitted) {
    return new ExperimentSummary(
        new RunId(id),
        "hello",
        state,
        "so far so göod",
        List.of("trial 3 waits to be started: the disk is full"),
        "accuracy",
        "name=value",
        Goal.MAXIMIZE,
        "random",
        10,
        Map.of(TrialRecord.State.RUNNING, 1),
        OptionalInt.of(1),
        submitted,
        Optional.of(NOON.plusSeconds(9)).filter(_ -> state.isEnded()),
        0.25,
        List.of("digits", "for the paper"));
  }

  private static TrialRecord trial(int number, TrialRecord.State state, OptionalDouble metric) {
    return new TrialRecord(
        number,
        new RunId("digits-bbbbb-" + number),
        state,
        Point.of(Map.of("lr", new Value.Real(0.1))),
        Long.MIN_VALUE,
        metric,
        1.5,
        3,
        NOON,
        Optional.empty(),
        "");
  }

  private void begin(String id, State state, Instant submitted, TrialRecord... trials) {
    var begun = List.<ExperimentEvent>of(new ExperimentEvent.Begun(submitted));
    book()
        .append(
            List.of(
                new ExperimentBook.Entry(
                    experiment(id),
                    true,
                    begun,
                    0,
                    summary(id, state, submitted),
                    List.of(trials))));
  }

  private static ExperimentBook.Entry later(String id, long first, TrialRecord... trials) {
    var reported =
        new ExperimentEvent.Reported(
            NOON, 1, "train/1", first, OptionalDouble.empty(), Double.POSITIVE_INFINITY, 3, true);
    return new ExperimentBook.Entry(
        experiment(id),
        false,
        List.of(reported),
        first,
        summary(id, State.SUCCEEDED, NOON),
        List.of(trials));
  }

  @Test
  void anExperimentComesBackAsItWasSubmitted() {
    begin("digits-bbbbb", State.RUNNING, NOON);

    restart();

    var id = new RunId("digits-bbbbb");
    var written = experiment("digits-bbbbb");
    var read = book().experiment(id).orElseThrow();
    assertThat(read.template()).isEqualTo(written.template());
    assertThat(ExperimentCodec.write(read)).isEqualTo(ExperimentCodec.write(written));
    assertThat(book().find(id)).contains(summary("digits-bbbbb", State.RUNNING, NOON));
    assertThat(book().experiment(new RunId("digits-ccccc"))).isEmpty();
  }

  @Test
  void itsEventsAreThereInTheirOrder() {
    begin("digits-bbbbb", State.RUNNING, NOON);
    book().append(List.of(later("digits-bbbbb", 1)));
    book().appendSoon(List.of(later("digits-bbbbb", 2)));

    assertThat(book().events(new RunId("digits-bbbbb")))
        .hasSize(3)
        .startsWith(new ExperimentEvent.Begun(NOON))
        .endsWith(later("digits-bbbbb", 2).events().getFirst());
    assertThat(book().find(new RunId("digits-bbbbb")))
        .contains(summary("digits-bbbbb", State.SUCCEEDED, NOON));
  }

  @Test
  void aTakenIdIsRefusedWithAllOfItsTurn() {
    begin("digits-bbbbb", State.RUNNING, NOON);
    var begun = List.<ExperimentEvent>of(new ExperimentEvent.Begun(NOON));
    var other = summary("digits-ccccc", State.RUNNING, NOON);
    var taken = summary("digits-bbbbb", State.RUNNING, NOON);

    assertThatThrownBy(() ->
            book()
                .append(
                    List.of(
                        new ExperimentBook.Entry(
                            experiment("digits-ccccc"), true, begun, 0, other, List.of()),
                        new ExperimentBook.Entry(
                            experiment("digits-bbbbb"), true, begun, 0, taken, List.of()))))
        .hasMessageContaining("digits-bbbbb");

    assertThat(book().find(new RunId("digits-ccccc"))).isEmpty();
    assertThat(directory().resolve("experiments")).isDirectoryNotContaining("glob:**/digits-ccccc");
  }

  @Test
  void aTrialIsKeptAsItStandsLast() {
    begin(
        "digits-bbbbb",
        State.RUNNING,
        NOON,
        trial(1, TrialRecord.State.RUNNING, OptionalDouble.empty()),
        trial(2, TrialRecord.State.WAITING, OptionalDouble.empty()));
    var worst = trial(1, TrialRecord.State.SUCCEEDED, OptionalDouble.of(Double.NEGATIVE_INFINITY));

    book().append(List.of(later("digits-bbbbb", 1, worst)));

    var id = new RunId("digits-bbbbb");
    assertThat(book().trial(id, 1)).contains(worst);
    assertThat(book().trials(id, 0, 10)).extracting(TrialRecord::number).containsExactly(1, 2);
    assertThat(book().trials(id, 1, 10)).extracting(TrialRecord::number).containsExactly(2);
    assertThat(book().trials(id, 0, 1)).hasSize(1);
    assertThat(book().trial(id, 3)).isEmpty();
  }

  @Test
  void listsComeByPagesNewestFirstAndWhatGoesOnOldestFirst() {
    begin("digits-bbbbb", State.RUNNING, NOON);
    begin("digits-ccccc", State.PAUSED, NOON.plusMillis(1));
    begin("letters-bbbbb", State.FAILED, NOON.plusMillis(2));

    assertThat(book().list(Optional.empty(), 2))
        .extracting(one -> one.id().value())
        .containsExactly("letters-bbbbb", "digits-ccccc");
    assertThat(book().list(Optional.of(new RunId("digits-ccccc")), 2))
        .extracting(one -> one.id().value())
        .containsExactly("digits-bbbbb");
    assertThat(book().unfinished())
        .extracting(RunId::value)
        .containsExactly("digits-bbbbb", "digits-ccccc");
    assertThat(book().startingWith("digits-"))
        .extracting(RunId::value)
        .containsExactly("digits-bbbbb", "digits-ccccc");
  }

  @Test
  void trialsComeInTheOrderAskedForAndWhatIsNoNumberIsTheWorst() {
    begin(
        "digits-bbbbb",
        State.RUNNING,
        NOON,
        trial(1, TrialRecord.State.SUCCEEDED, OptionalDouble.of(Double.NaN)),
        trial(2, TrialRecord.State.SUCCEEDED, OptionalDouble.of(-9.5)),
        trial(3, TrialRecord.State.FAILED, OptionalDouble.empty()),
        trial(4, TrialRecord.State.RUNNING, OptionalDouble.of(1e-30)),
        trial(5, TrialRecord.State.SUCCEEDED, OptionalDouble.of(10)),
        trial(6, TrialRecord.State.SUCCEEDED, OptionalDouble.of(Double.NEGATIVE_INFINITY)),
        trial(7, TrialRecord.State.SUCCEEDED, OptionalDouble.of(10)));

    assertThat(first(TrialOrder.LOWEST, 10)).containsExactly(2, 4, 5, 7, 1, 6, 3);
    assertThat(first(TrialOrder.HIGHEST, 10)).containsExactly(5, 7, 4, 2, 1, 6, 3);
    assertThat(first(TrialOrder.HIGHEST, 2)).containsExactly(5, 7);
    assertThat(first(TrialOrder.STATE, 3)).containsExactly(3, 4, 1);
    assertThat(first(TrialOrder.LONGEST, 2)).containsExactly(1, 2);
    assertThat(first(TrialOrder.NUMBER, 2)).containsExactly(1, 2);
  }

  private List<Integer> first(TrialOrder order, int limit) {
    return book().first(new RunId("digits-bbbbb"), order, limit).stream()
        .map(TrialRecord::number)
        .toList();
  }
}
