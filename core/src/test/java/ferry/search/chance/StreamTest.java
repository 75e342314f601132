package ferry.search.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StreamTest {

  @Test
  void equalSeedsAndNumbersGiveEqualStreams() {
    var one = new Stream(7, 3);
    var other = new Stream(7, 3);

    assertThat(LongStream.generate(() -> one.below(1000)).limit(50).toArray())
        .isEqualTo(LongStream.generate(() -> other.below(1000)).limit(50).toArray());
  }

  @Test
  void neighbouringStreamsAreUnlike() {
    var firsts = IntStream.range(0, 10_000).mapToDouble(i -> new Stream(1, i).uniform());

    assertThat(firsts.summaryStatistics())
        .satisfies(all -> assertThat(all.getAverage()).isCloseTo(0.5, within(0.02)))
        .satisfies(all -> assertThat(all.getMin()).isLessThan(0.01))
        .satisfies(all -> assertThat(all.getMax()).isGreaterThan(0.99));
  }

  @Test
  void coversItsBoundEvenly() {
    var random = new Stream(5, 0);
    var counts = new int[7];
    IntStream.range(0, 70_000).forEach(_ -> counts[(int) random.below(7)]++);

    assertThat(IntStream.of(counts).min().orElseThrow()).isGreaterThan(9_500);
    assertThat(DoubleStream.generate(random::uniform).limit(10_000).average())
        .hasValueCloseTo(0.5, within(0.02));
  }
}
