package ferry.collect;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.run.RunId;
import ferry.tracking.Metric;
import ferry.tracking.MetricHistory;
import ferry.tracking.MetricSeries;
import ferry.tracking.TrackedId;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of calls, beside what is printed and measured elsewhere. */
class CallsBesideTest {
  private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");
  private static final RunId RUN = new RunId("digits-aaaaa-1");
  private static final TrackedId TRAIN = TrackedId.of(RUN, "train");
  private static final TrackedId CHILD = new TrackedId("0123abcd");

  private final Map<TrackedId, Map<String, List<Metric>>> logged = new LinkedHashMap<>();
  private final List<String> told = new ArrayList<>();
  private final MetricHistory history =
      new MetricHistory() {
        @Override
        public List<Metric> latest(TrackedId run) {
          return logged.getOrDefault(run, Map.of()).values().stream().map(List::getLast).toList();
        }

        @Override
        public List<Length> lengths(RunId run, int most) {
          var lengths = new ArrayList<Length>();
          logged.forEach((id, keys) ->
              keys.forEach((key, points) -> lengths.add(new Length(id, key, points.size()))));
          return lengths;
        }

        @Override
        public MetricSeries history(TrackedId run, String key) {
          return MetricSeries.of(logged.getOrDefault(run, Map.of()).getOrDefault(key, List.of()));
        }
      };

  private void log(TrackedId id, String key, long step, double value) {
    logged
        .computeIfAbsent(id, _ -> new LinkedHashMap<>())
        .computeIfAbsent(key, _ -> new ArrayList<>())
        .add(new Metric(key, value, step, NOW));
  }

  private RunMetrics printed(boolean isNew) {
    var workflow =
        Workflow.of(
            "digits", Step.of("prepare", "python prepare.py"), Step.of("train", "python train.py"));
    var plan =
        new Plan(
            RUN,
            workflow,
            "local",
            new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
            new Origin(Origin.Kind.TRIAL, "python train.py", Optional.empty(), Optional.empty()),
            Code.UNKNOWN,
            "digest",
            NOW);
    return new MetricBatches((_, _) -> {}, history).of(plan, isNew);
  }

  private void read(Beside beside) {
    beside.read((_, found) ->
        found.forEach(one -> {
          var measured = one.sighting().place().measured();
          told.add(
              one.form()
                  + ": "
                  + one.sighting().key()
                  + " "
                  + one.sighting().value()
                  + (measured.isPresent() ? " at " + measured.getAsDouble() : ""));
        }));
  }

  private Beside calls(RunMetrics printed, Optional<String> length) {
    return new CallsBeside(history, RUN, printed, new LengthUnit(length));
  }

  @Test
  void whatIsLoggedIsToldThoughOtherThingsWerePrintedBeforeTheServerBegan() {
    log(TRAIN, "accuracy", 1, 0.5);
    var printed = printed(false);
    printed.seen(
        "train/1",
        LogMetrics.ofKnownForms().take("loss=0.25\n".getBytes(StandardCharsets.UTF_8)),
        NOW);
    read(calls(printed, Optional.empty()));
    assertThat(told).containsExactly("ferry.log: accuracy 0.5");
  }

  @Test
  void whatIsPrintedTooIsLeftToThePrintedLines() {
    log(TRAIN, "accuracy", 1, 0.5);
    log(CHILD, "accuracy", 1, 0.5);
    var printed = printed(true);
    printed.seen(
        "train/1",
        LogMetrics.ofKnownForms().take("accuracy=0.5\n".getBytes(StandardCharsets.UTF_8)),
        NOW);
    read(calls(printed, Optional.empty()));
    assertThat(told).containsExactly("MLflow calls: accuracy 0.5");
  }

  @Test
  void theLengthOfAnotherCallIsThatOfTheSameStep() {
    var calls = calls(printed(true), Optional.of("epochs"));
    log(CHILD, "accuracy", 469, 0.5);
    log(CHILD, "accuracy", 938, 0.6);
    log(CHILD, "epoch", 469, 1);
    log(CHILD, "epoch", 938, 2);
    read(calls);
    assertThat(told)
        .contains("MLflow calls: accuracy 0.5 at 1.0", "MLflow calls: accuracy 0.6 at 2.0");
  }

  @Test
  void aMetricWaitsForItsLengthOneLookAndHasThatOfTheStepBeforeThen() {
    var calls = calls(printed(true), Optional.of("images"));
    log(CHILD, "accuracy", 1, 0.5);
    read(calls);
    assertThat(told).isEmpty();
    log(CHILD, "images", 1, 640);
    log(CHILD, "accuracy", 2, 0.6);
    read(calls);
    assertThat(told).contains("MLflow calls: accuracy 0.5 at 640.0").hasSize(2);
    read(calls);
    assertThat(told).last().isEqualTo("MLflow calls: accuracy 0.6 at 640.0");
  }

  @Test
  void withoutAMeasureNothingWaits() {
    log(CHILD, "accuracy", 1, 0.5);
    read(calls(printed(true), Optional.empty()));
    assertThat(told).containsExactly("MLflow calls: accuracy 0.5");
  }
}
