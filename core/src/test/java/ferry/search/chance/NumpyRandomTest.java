package ferry.search.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.Seeds;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Numbers that NumPy's RandomState gave. */
class NumpyRandomTest {

  @Test
  void drawsTheWholeNumbersThatNumpyDraws() {
    var random = new NumpyRandom(42);

    assertThat(LongStream.generate(() -> random.below(10)).limit(24))
        .containsExactly(
            6L, 3L, 7L, 4L, 6L, 9L, 2L, 6L, 7L, 4L, 3L, 7L, 7L, 2L, 5L, 4L, 1L, 7L, 5L, 1L, 4L, 0L,
            9L, 5L);
  }

  @Test
  void drawsNumbersOfMoreThan32BitsAsNumpyDoes() {
    var random = new NumpyRandom(999);

    assertThat(LongStream.generate(() -> random.below((1L << 60) - 10)).limit(4))
        .containsExactly(
            985573361606668636L, 507696633659605473L, 1044297212768526561L, 270824948556635551L);
  }

  @Test
  void drawsNumbersOfFullWidthAsNumpyDoes() {
    var random = new NumpyRandom(999);

    assertThat(LongStream.generate(() -> random.below(1L << 31)).limit(4))
        .containsExactly(1303213504L, 648491356L, 118207333L, 2129740257L);
  }

  @Test
  void drawsTheRealNumbersThatNumpyDraws() {
    var random = new NumpyRandom(42);

    assertThat(DoubleStream.generate(random::uniform).limit(3))
        .containsExactly(0.3745401188473625, 0.9507143064099162, 0.7319939418114051);
  }

  @Test
  void goesOnFromItsStateAtAnyMoment() {
    Seeds.each(
        20,
        seeds -> {
          var random = new NumpyRandom(seeds.nextInt());
          LongStream.range(0, seeds.nextInt(2000)).forEach(_ -> random.bits32());

          var other = NumpyRandom.restored(random.state());

          assertThat(DoubleStream.generate(other::uniform).limit(700).toArray())
              .isEqualTo(DoubleStream.generate(random::uniform).limit(700).toArray());
        });
  }

  @Test
  void refusesTextThatIsNoState() {
    assertThatThrownBy(() -> NumpyRandom.restored("12"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
