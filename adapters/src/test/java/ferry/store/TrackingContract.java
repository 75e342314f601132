package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.launching;
import static ferry.store.Samples.next;
import static ferry.store.Samples.plan;
import static ferry.store.Samples.started;
import static ferry.store.Samples.submitted;
import static ferry.store.Samples.wholeRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import ferry.run.RunId;
import ferry.tracking.Batch;
import ferry.tracking.Metric;
import ferry.tracking.MetricHistory;
import ferry.tracking.NewRun;
import ferry.tracking.RunGroup;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRuns;
import ferry.tracking.TrackingLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must do with what runs log. */
abstract class TrackingContract extends StoreContract {
  private static final RunId RUN = new RunId("hello-bbbbb");
  private static final TrackedId ID = TrackedId.of(RUN);

  private TrackingLog log() {
    return store().tracking();
  }

  private MetricHistory metrics() {
    return store().metrics();
  }

  private TrackedRuns runs() {
    return store().tracked();
  }

  @BeforeEach
  void submit() {
    store().journal().append(List.of(submitted(plan("hello-bbbbb", NOON))));
  }

  private static Metric point(String key, double value, long step) {
    return new Metric(key, value, step, NOON.plusMillis(step));
  }

  private static Batch batch(Metric... points) {
    return Batch.ofMetrics(List.of(points));
  }

  private List<Metric> history(String key) {
    return metrics().history(ID, key).metrics(key);
  }

  @Test
  void whatARunLoggedIsItsHistory() {
    var loss = List.of(point("loss", 0.5, 1), point("loss", 0.25, 2));

    log().log(ID, Batch.ofMetrics(loss));

    assertThat(history("loss")).isEqualTo(loss);
    assertThat(history("other")).isEmpty();
  }

  @Test
  void aRepeatedBatchIsCountedOnce() {
    var batch = batch(point("loss", 0.5, 1), point("loss", 0.25, 2), point("loss", 0.5, 1));

    log().log(ID, batch);
    log().log(ID, batch);
    log().log(ID, batch(point("loss", 0.25, 2), point("loss", 0.75, 2)));

    assertThat(history("loss"))
        .containsExactly(point("loss", 0.5, 1), point("loss", 0.25, 2), point("loss", 0.75, 2));
  }

  @Test
  void aRepeatedBatchIsCountedOnceAmongManyPackedPoints() {
    var points = IntStream.range(0, 10_000).mapToObj(i -> point("loss", i, i)).toList();

    for (int from = 0; from < points.size(); from += 50) {
      log().log(ID, Batch.ofMetrics(points.subList(from, from + 50)));
    }
    log().log(ID, Batch.ofMetrics(points.subList(3_000, 6_000)));

    assertThat(history("loss")).isEqualTo(points);
  }

  @Test
  void aBatchOfManyKeysThatIsRepeatedIsCountedOnce() {
    var epochs = IntStream.range(0, 40).mapToObj(TrackingContract::epoch).toList();

    epochs.forEach(epoch -> log().log(ID, epoch));
    assertThat(history("k7")).hasSize(40);
    epochs.forEach(epoch -> log().log(ID, epoch));
    log().log(ID, batch(point("k7", 49, 7), point("k7", 8, 100)));

    assertThat(history("k7"))
        .hasSize(41)
        .startsWith(point("k7", 0, 0), point("k7", 7, 1))
        .endsWith(point("k7", 8, 100));
    assertThat(metrics().latest(ID)).hasSize(50).contains(point("k3", 3 * 39, 39));
  }

  /** One point of each of fifty keys. */
  private static Batch epoch(int step) {
    return Batch.ofMetrics(
        IntStream.range(0, 50).mapToObj(key -> point("k" + key, key * step, step)).toList());
  }

  @Test
  void aLargeBatchIsThereInTheNextLifeWhoeverAsksFirst() {
    log().log(ID, epoch(1));

    restart();

    assertThat(runs().find(ID).orElseThrow().metrics()).hasSize(50);
    assertThat(history("k9")).containsExactly(point("k9", 9, 1));
  }

  @Test
  void whatIsLoggedOfARunThatIsRemovedGoesWithIt() {
    var run = new RunId("hello-ccccc");
    var id = TrackedId.of(run);
    store().journal().append(wholeRun(plan("hello-ccccc", NOON)));
    log().log(id, epoch(1));
    store().runs().delete(run);
    store().journal().append(wholeRun(plan("hello-ccccc", NOON)));

    assertThat(metrics().latest(id)).isEmpty();
    log().log(id, epoch(2));
    assertThat(metrics().history(id, "k9").metrics("k9")).containsExactly(point("k9", 18, 2));
  }

  @Test
  void aRefusedBatchOfManyPointsLeavesNone() {
    log().log(ID, Batch.ofParams(Map.of("lr", "0.1")));

    var refused = new Batch(epoch(1).metrics(), Map.of("lr", "0.2"), Map.of());
    assertThatThrownBy(() -> log().log(ID, refused)).isInstanceOf(UserException.class);

    assertThat(metrics().latest(ID)).isEmpty();
  }

  @Test
  void soManyPointsAtOnceThatNobodyWaitsForAReaderAreAllThere() {
    for (int from = 0; from < 70_000; from += 1000) {
      log().log(ID, Batch.ofMetrics(line(from, from + 1000)));
    }

    assertThat(metrics().history(ID, "loss").metrics("loss")).isEqualTo(line(0, 70_000));
  }

  private static List<Metric> line(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> point("loss", i, i)).toList();
  }

  @Test
  void everyNumberComesBackAsItWas() {
    var points =
        List.of(
            point("odd", Double.NaN, 1),
            point("odd", Double.POSITIVE_INFINITY, 2),
            point("odd", Double.NEGATIVE_INFINITY, 3),
            point("odd", -0.0, 4),
            point("odd", Double.MIN_VALUE, 5));

    log().log(ID, Batch.ofMetrics(points));

    assertThat(history("odd")).isEqualTo(points);
  }

  @Test
  void theNewestPointIsThatOfTheHighestStep() {
    log().log(ID, batch(point("a", 3, 7), point("b", Double.NaN, 1)));
    log().log(ID, batch(point("a", 9, 2)));

    assertThat(metrics().latest(ID)).containsExactly(point("a", 3, 7), point("b", Double.NaN, 1));
  }

  @Test
  void stepsMayBeNegativeAndTimesFarApart() {
    var points =
        List.of(
            new Metric("m", 1, Long.MIN_VALUE, NOON),
            new Metric("m", 2, Long.MAX_VALUE, NOON.plusSeconds(1_000_000_000)));

    log().log(ID, Batch.ofMetrics(points));

    assertThat(history("m")).isEqualTo(points);
  }

  @Test
  void aParameterIsSaidOnce() {
    log().log(ID, Batch.ofParams(Map.of("lr", "0.1")));
    log().log(ID, Batch.ofParams(Map.of("lr", "0.1")));

    assertThatThrownBy(() -> log().log(ID, Batch.ofParams(Map.of("lr", "0.2"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the parameter `lr` of run `hello-bbbbb` is `0.1` already");
  }

  @Test
  void aRefusedBatchLeavesNothing() {
    log().log(ID, Batch.ofParams(Map.of("lr", "0.1")));

    var refused = new Batch(List.of(), Map.of("a", "1", "lr", "0.2"), Map.of("tag", "x"));
    assertThatThrownBy(() -> log().log(ID, refused)).isInstanceOf(UserException.class);

    log().log(ID, Batch.ofParams(Map.of("a", "2")));
  }

  @Test
  void aRunComesWithItsStepRunsAndWhatTheirScriptsOpened() {
    var other = new RunId("hello-ccccc");
    var first = submitted(plan("hello-ccccc", NOON));
    store().journal().append(List.of(first));
    store().journal().append(List.of(next(first, launching("a", 1), started("a", 1))));
    log().log(TrackedId.of(other, "a"), batch(point("loss", 1, 1)));
    log().log(ID, Batch.ofParams(Map.of("lr", "0.1")));
    runs()
        .create(
            new NewRun(
                new TrackedId("script"),
                RunGroup.DEFAULT,
                "script",
                "ada",
                NOON.plusSeconds(60),
                Optional.of(TrackedId.of(other, "a")),
                Optional.of(other),
                Map.of()));

    assertThat(runs().of(List.of(RUN, other), 10))
        .extracting(run -> run.id().value())
        .containsExactly("hello-bbbbb", "hello-ccccc", "hello-ccccc_a", "script");
    assertThat(runs().of(List.of(new RunId("hello-ddddd")), 10)).isEmpty();
  }

  @Test
  void aStepRunLogsForItself() {
    var step = TrackedId.of(new RunId("hello-ccccc"), "a");
    var first = submitted(plan("hello-ccccc", NOON));
    store().journal().append(List.of(first));
    store().journal().append(List.of(next(first, launching("a", 1), started("a", 1))));

    log().log(step, batch(point("loss", 1, 1)));

    assertThat(metrics().latest(step)).containsExactly(point("loss", 1, 1));
    assertThat(metrics().latest(ID)).isEmpty();
  }

  @Test
  void aRunThatIsNotThereTakesNothing() {
    var nobody = new TrackedId("nobody-ccccc");

    assertThatThrownBy(() -> log().log(nobody, batch(point("loss", 1, 1))))
        .isInstanceOf(UserException.class)
        .hasMessage("there is no run `nobody-ccccc`");
  }
}
