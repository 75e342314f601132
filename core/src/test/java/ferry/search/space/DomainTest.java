package ferry.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ferry.Seeds;
import ferry.search.chance.Stream;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Every domain is the interval from 0 to 1, there and back. */
class DomainTest {
  private static final OptionalDouble NO_STEP = OptionalDouble.empty();
  private static final OptionalInt NO_COUNT = OptionalInt.empty();

  private static Domain any(RandomGenerator random) {
    double low = random.nextDouble(-100, 100);
    double high = low + random.nextDouble(0.001, 1000);
    long least = random.nextLong(-50, 50);
    long most = least + random.nextLong(0, 200);
    return switch (random.nextInt(8)) {
      case 0 -> Range.of(low, high);
      case 1 -> Range.log(Math.abs(low) + 1e-6, Math.abs(low) + 1 + high - low);
      case 2 -> new Range(low, high, Scale.NORMAL, NO_STEP, NO_COUNT);
      case 3 -> new Range(low, high, Scale.LINEAR, OptionalDouble.of((high - low) / 7), NO_COUNT);
      case 4 -> new IntRange(least, most, false, random.nextInt(1, 4), NO_COUNT);
      case 5 -> IntRange.log(Math.abs(least) + 1, Math.abs(least) + 1 + most - least);
      case 6 -> new Power(10, -4, random.nextDouble(-3, 2), NO_COUNT);
      default -> new Choice(List.of(new Value.Text("a"), new Value.Text("b"), new Value.Whole(3)));
    };
  }

  @Test
  void theValueAtAPlaceIsInTheDomainAndComesBack() {
    Seeds.each(
        2000,
        random -> {
          var domain = any(random);

          var value = domain.at(random.nextDouble());

          assertThat(domain.contains(value)).as("%s in %s", value, domain).isTrue();
          assertThat(near(domain.at(domain.unit(value)), value))
              .as("%s of %s comes back as %s", value, domain, domain.at(domain.unit(value)))
              .isTrue();
        });
  }

  private static boolean near(Value a, Value b) {
    return a.equals(b)
        || a instanceof Value.Real(double x)
            && b instanceof Value.Real(double y)
            && Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x));
  }

  @Test
  void chanceStaysInTheDomain() {
    Seeds.each(
        500,
        random -> {
          var domain = any(random);

          assertThat(domain.contains(domain.sample(new Stream(random.nextLong(), 1)))).isTrue();
        });
  }

  @Test
  void wholeNumbersOnALogScaleHaveTheirShare() {
    var domain = IntRange.log(1, 100);
    var stream = new Stream(3, 1);
    long small =
        java.util.stream.IntStream.range(0, 10_000)
            .filter(_ -> ((Value.Whole) domain.sample(stream)).value() <= 10)
            .count();

    assertThat(small / 10_000.0)
        .isCloseTo(Math.log(10.5 / 0.5) / Math.log(100.5 / 0.5), within(0.02));
  }

  @Test
  void stepsAreSpelledAsWritten() {
    var domain = new Range(0, 1, Scale.LINEAR, OptionalDouble.of(0.1), NO_COUNT);

    assertThat(domain.grid().stream().map(Value::text))
        .containsExactly(
            "0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1.0");
    assertThat(domain.contains(new Value.Real(0.7))).isTrue();
    assertThat(domain.contains(new Value.Real(0.75))).isFalse();
  }

  @Test
  void numbersAreSpelledAsPythonDoes() {
    assertThat(new Value.Real(0.0001).text()).isEqualTo("0.0001");
    assertThat(new Value.Real(1.5e-5).text()).isEqualTo("1.5e-05");
    assertThat(new Value.Real(1e-100).text()).isEqualTo("1e-100");
    assertThat(new Value.Real(123456789.25).text()).isEqualTo("123456789.25");
    assertThat(new Value.Real(1e22).text()).isEqualTo("1e+22");
    assertThat(new Value.Real(-2e7).text()).isEqualTo("-20000000.0");
  }

  @Test
  void wholeNumbersOfAGridRoundHalvesAwayFromZero() {
    var down = new IntRange(-5, 0, false, 1, OptionalInt.of(3));

    assertThat(down.grid().stream().map(Value::text)).containsExactly("-5", "-3", "0");
    assertThat(new IntRange(-4, -2, false, 1, OptionalInt.of(3)).grid().stream().map(Value::text))
        .containsExactly("-4", "-3", "-2");
    assertThat(new IntRange(0, 3, false, 1, OptionalInt.of(1)).grid().stream().map(Value::text))
        .containsExactly("2");
    assertThat(new IntRange(0, 2, false, 1, OptionalInt.of(10)).grid()).hasSize(3);
  }

  @Test
  void powersOfAGridAreEvenInTheExponent() {
    assertThat(new Power(10, -3, -1, OptionalInt.of(3)).grid().stream().map(Value::text))
        .containsExactly("0.001", "0.01", "0.1");
    assertThat(new Power(10, 1, 3, OptionalInt.of(1)).grid().stream().map(Value::text))
        .containsExactly("100.0");
  }
}
