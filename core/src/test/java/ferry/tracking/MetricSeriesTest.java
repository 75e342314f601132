package ferry.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricSeriesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static Metric point(long step, double value) {
    return new Metric("loss", value, step, NOON.plusMillis(step));
  }

  private static MetricSeries line(int points) {
    return MetricSeries.of(IntStream.range(0, points).mapToObj(i -> point(i, i)).toList());
  }

  @Test
  void pointsAreSortedByTimeThenStepThenValue() {
    var late = new Metric("loss", 1, 0, NOON.plusMillis(5));
    var high = new Metric("loss", 2, 1, NOON);
    var low = new Metric("loss", 1, 1, NOON);

    assertThat(MetricSeries.of(List.of(late, high, low)).sorted().metrics("loss"))
        .containsExactly(low, high, late);
  }

  @Test
  void aPointThatIsRepeatedIsCountedOnce() {
    var points = List.of(point(2, 0.0), point(1, Double.NaN), point(2, -0.0), point(1, Double.NaN));

    assertThat(MetricSeries.of(points).distinct().metrics("loss"))
        .containsExactly(point(1, Double.NaN), point(2, -0.0));
  }

  @Test
  void aThinnedSeriesKeepsItsPeaksAndItsEnds() {
    var series = line(100_000);
    series.add(100_000, NOON.plusMillis(100_000).toEpochMilli(), 1e9);
    series.addAll(line(100_000).where(i -> i > 0));

    var thinned = series.thinned(1000);

    assertThat(thinned.size()).isBetween(500, 1000);
    assertThat(thinned.value(0)).isEqualTo(0);
    assertThat(thinned.value(thinned.size() - 1)).isEqualTo(99_999);
    assertThat(thinned.metrics("loss")).extracting(Metric::value).contains(1e9);
  }

  @Test
  void aShortSeriesIsNotThinned() {
    assertThat(line(10).thinned(1000).size()).isEqualTo(10);
  }

  @Test
  void whatIsNoNumberDoesNotHideThePeaks() {
    var series = new MetricSeries(8);
    double[] values = {Double.NaN, 1, 9, 2, Double.NaN, 3, -4, 1};
    IntStream.range(0, values.length).forEach(i -> series.add(i, i, values[i]));

    assertThat(series.thinned(4).metrics("loss"))
        .extracting(Metric::value)
        .containsExactly(Double.NaN, 9.0, -4.0, 1.0);
  }

  @Test
  void aSampleHasTheFirstAndTheLastPoint() {
    assertThat(line(101).sampled(5).metrics("loss"))
        .extracting(Metric::step)
        .containsExactly(0L, 25L, 50L, 75L, 100L);
  }
}
