package ferry.search.space;

import ferry.search.chance.Chance;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A base raised to an evenly drawn exponent: Determined's {@code log} parameter.
 *
 * @param base above zero and not 1
 * @param min the least exponent
 * @param max the greatest exponent, above the least
 * @param count how many values a grid visits
 */
public record Power(double base, double min, double max, OptionalInt count) implements Domain {

  public Power {
    if (!(base > 0)
        || base == 1
        || !(min <= max)
        || !Double.isFinite(value(base, min))
        || !Double.isFinite(value(base, max))) {
      throw new IllegalArgumentException("a base above zero, not 1, and finite ends");
    }
    if (count.isPresent() && (count.getAsInt() < 1 || count.getAsInt() > MOST_IN_GRID)) {
      throw new IllegalArgumentException("a count of 1 to 1000000");
    }
  }

  @Override
  public Value sample(Chance chance) {
    return new Value.Real(value(base, min + (max - min) * chance.uniform()));
  }

  @Override
  public Value at(double unit) {
    return new Value.Real(value(base, min + (max - min) * Math.clamp(unit, 0, 1)));
  }

  @Override
  public double unit(Value value) {
    if (!contains(value)) {
      throw new IllegalArgumentException(value.text() + " is not in " + text());
    }
    return min == max ? 0.5 : Math.clamp((exponent(value) - min) / (max - min), 0, 1);
  }

  @Override
  public boolean contains(Value value) {
    double exponent = exponent(value);
    return exponent >= min - 1e-9 && exponent <= max + 1e-9;
  }

  @Override
  public OptionalInt size() {
    return min == max ? OptionalInt.of(1) : OptionalInt.empty();
  }

  @Override
  public List<Value> grid() {
    int n = count.orElse(0);
    return IntStream.range(0, n)
        .<Value>mapToObj(i ->
            new Value.Real(value(base, n == 1 ? (min + max) / 2 : min + i * (max - min) / (n - 1))))
        .toList();
  }

  @Override
  public String text() {
    return "power:"
        + Numbers.text(min)
        + ".."
        + Numbers.text(max)
        + " base "
        + Numbers.text(base)
        + (count.isPresent() ? " count " + count.getAsInt() : "");
  }

  private double exponent(Value value) {
    double number =
        switch (value) {
          case Value.Real(double real) -> real;
          case Value.Whole(long whole) -> whole;
          case Value.Text _, Value.Flag _, Value.Tree _ -> Double.NaN;
        };
    return StrictMath.log(number) / StrictMath.log(base);
  }

  private static double value(double base, double exponent) {
    return StrictMath.pow(base, exponent);
  }
}
