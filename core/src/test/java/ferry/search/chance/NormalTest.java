package ferry.search.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ferry.Seeds;
import org.junit.jupiter.api.Test;

class NormalTest {

  @Test
  void hasTheKnownTails() {
    assertThat(Normal.cdf(0)).isEqualTo(0.5);
    assertThat(Normal.cdf(1.959963984540054)).isCloseTo(0.975, within(1e-15));
    assertThat(Normal.cdf(-10)).isCloseTo(7.619853024160527e-24, within(1e-36));
    assertThat(Normal.logCdf(-40)).isCloseTo(-804.608442013754, within(1e-9));
    assertThat(Normal.quantile(0.001)).isCloseTo(-3.090232306167813, within(1e-13));
  }

  @Test
  void quantilesUndoChances() {
    Seeds.each(
        50,
        random -> {
          double z = random.nextDouble(-8, 5);

          assertThat(Normal.quantile(Normal.cdf(z))).isCloseTo(z, within(1e-9));
        });
  }
}
