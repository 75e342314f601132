package ferry.search.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SobolTest {

  @Test
  void unscrambledPointsAreThoseOfJoeAndKuo() {
    var sobol = new Sobol(21, 0);

    assertThat(IntStream.range(0, 21).map(j -> sobol.plain(37, j) >>> 25))
        .containsExactly(
            118, 82, 74, 118, 98, 38, 22, 102, 78, 22, 2, 10, 74, 110, 14, 62, 102, 54, 6, 18, 122);
    assertThat(IntStream.range(0, 21).map(j -> sobol.plain(101, j) >>> 25))
        .containsExactly(
            117, 97, 35, 29, 49, 31, 67, 125, 17, 25, 123, 23, 125, 45, 105, 127, 23, 31, 43, 107,
            33);
  }

  @Test
  void scrambledPointsFillEverySixteenthOnce() {
    var sobol = new Sobol(5, 9);

    for (int j = 0; j < 5; j++) {
      int coordinate = j;
      assertThat(IntStream.range(0, 16).mapToObj(i -> (int) (sobol.point(i)[coordinate] * 16)))
          .containsExactlyInAnyOrder(SIXTEENTHS);
    }
  }

  private static final Integer[] SIXTEENTHS = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };

  @Test
  void coordinatesBeyondTheTableAreDrawnByChance() {
    var sobol = new Sobol(30, 9);

    assertThat(IntStream.range(0, 4000).mapToDouble(i -> sobol.point(i)[27]).average())
        .hasValueCloseTo(0.5, within(0.03));
  }
}
