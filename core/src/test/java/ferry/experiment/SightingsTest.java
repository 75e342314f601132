package ferry.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.collect.LogMetrics.Found;
import ferry.collect.Sighting;
import ferry.search.Goal;
import ferry.search.SearchPlan;
import ferry.search.space.Space;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is reported of a log that says the metric very often. */
class SightingsTest {
  private static final int LINES = 1_000_000;
  private static final SearchPlan PLAN = SearchPlan.of(Space.of(), Goal.MINIMIZE);

  private static List<Sightings.Report> reports(
      SearchPlan plan, int lines, IntToDoubleFunction value) {
    var log = new Sightings(Objective.printed("loss"), plan, "train");
    var during =
        IntStream.range(0, lines)
            .mapToObj(i -> log.report(found(i, value.applyAsDouble(i)), i))
            .flatMap(List::stream)
            .toList();
    return Stream.concat(during.stream(), log.last().stream()).toList();
  }

  private static Found found(int line, double value) {
    return new Found("name=value", line, new Sighting("loss", value, OptionalLong.of(line)));
  }

  private static double valley(int i) {
    return Math.abs(i - 500_000) + 0.5;
  }

  @Test
  void theBestOfAMillionLinesIsReportedAndSoIsTheLast() {
    var reports = reports(PLAN, LINES, SightingsTest::valley);

    assertThat(reports).hasSizeLessThan(20_000);
    assertThat(reports).anyMatch(report -> report.value() == 0.5 && report.index() == 500_000);
    assertThat(reports.getLast().index()).isEqualTo(LINES - 1);
  }

  @Test
  void aSinglePeakBetweenThoseThatCountIsReported() {
    var plan = SearchPlan.of(Space.of(), Goal.MAXIMIZE);

    assertThat(reports(plan, 70_000, i -> i == 65_537 ? 2 : 1))
        .extracting(Sightings.Report::value)
        .containsOnlyOnce(2.0);
  }

  @Test
  void reportsComeInTheOrderOfTheLogAndNoneTwice() {
    assertThat(reports(PLAN, 20_000, i -> 1.0 / (1 + i)))
        .extracting(Sightings.Report::index)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void aValueThatReachesTheTargetIsReportedAtOnce() {
    var log = new Sightings(Objective.printed("loss"), PLAN.withTarget(0.1), "train");
    IntStream.range(0, 65_537).forEach(i -> log.report(found(i, 1), i));

    assertThat(log.report(found(65_537, 0.05), 65_537))
        .extracting(Sightings.Report::value)
        .contains(0.05);
  }

  @Test
  void notANumberIsNeverTheBest() {
    assertThat(reports(PLAN, 10_000, i -> i % 2 == 0 ? Double.NaN : 1))
        .extracting(Sightings.Report::value)
        .contains(1.0);
  }

  @Test
  void everyReportSaysForHowManyItStands() {
    var reports = reports(PLAN, 20_000, i -> i % 97);

    assertThat(reports.stream().mapToLong(Sightings.Report::count).sum()).isEqualTo(20_000);
    assertThat(reports.subList(0, 1000)).allMatch(report -> report.count() == 1);
  }

  @Test
  void whatWasSeenByAnotherNameBeforeIsNotCounted() {
    var log = new Sightings(Objective.printed("accuracy"), PLAN, "train");
    log.report(found("test_accuracy", 0), 0);

    assertThat(log.report(found("accuracy", 1), 1))
        .extracting(Sightings.Report::count)
        .containsExactly(1L);
  }

  private static Found found(String key, int line) {
    return new Found("name=value", line, new Sighting(key, 0.5, OptionalLong.of(line)));
  }

  @Test
  void whatIsLoggedAndPrintedUnderOneNameIsTakenFromThePrint() {
    var log = new Sightings(Objective.printed("loss"), PLAN, "train");
    var logged = Optional.of(new ExperimentEvent.Named(Instant.EPOCH, "loss", "ferry.log"));
    var called = Optional.of(new ExperimentEvent.Named(Instant.EPOCH, "loss", "MLflow calls"));

    assertThat(log.isPrintedToo(found("loss", 1), logged)).isTrue();
    assertThat(log.isPrintedToo(found("test_loss", 1), logged)).isFalse();
    assertThat(log.isPrintedToo(found("loss", 1), called)).isFalse();
    assertThat(log.isPrintedToo(found("loss", 1), Optional.empty())).isFalse();
  }
}
