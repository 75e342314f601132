package ferry.search.space;

import ferry.search.chance.Chance;
import ferry.search.chance.Normal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Numbers between two ends, both possible.
 *
 * @param min the least, finite; above zero on a log scale
 * @param max the greatest, finite, not below the least
 * @param step where given, only {@code min}, {@code min + step}, … are taken
 * @param count how many values a grid visits
 */
public record Range(double min, double max, Scale scale, OptionalDouble step, OptionalInt count)
    implements Domain {
  private static final double WIDTH = 3;

  public Range {
    if (!Double.isFinite(min)
        || !Double.isFinite(max)
        || min > max
        || max - min == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("a range from a finite number to one not below it");
    }
    if (scale == Scale.LOG && min <= 0) {
      throw new IllegalArgumentException("a log range above zero");
    }
    if (step.isPresent() && !(step.getAsDouble() > 0)
        || count.isPresent() && (count.getAsInt() < 1 || count.getAsInt() > MOST_IN_GRID)) {
      throw new IllegalArgumentException("a step above zero, and a count of 1 to 1000000");
    }
  }

  public static Range of(double min, double max) {
    return new Range(min, max, Scale.LINEAR, OptionalDouble.empty(), OptionalInt.empty());
  }

  public static Range log(double min, double max) {
    return new Range(min, max, Scale.LOG, OptionalDouble.empty(), OptionalInt.empty());
  }

  @Override
  public Value sample(Chance chance) {
    double drawn = chance.uniform();
    return scale == Scale.LINEAR && step.isEmpty()
        ? new Value.Real(min + (max - min) * drawn)
        : at(drawn);
  }

  @Override
  public Value at(double unit) {
    double place = Math.clamp(unit, 0, 1);
    if (step.isPresent()) {
      long cells = cells();
      return new Value.Real(stepped(Math.min(cells - 1, (long) (cellPlace(place) * cells))));
    }
    return new Value.Real(Math.clamp(spread(place), min, max));
  }

  @Override
  public double unit(Value value) {
    double number = number(value);
    if (step.isPresent()) {
      double place = (index(number) + 0.5) / cells();
      return scale == Scale.LINEAR ? place : gathered(Math.clamp(stepped(index(number)), min, max));
    }
    return gathered(number);
  }

  @Override
  public boolean contains(Value value) {
    double number =
        switch (value) {
          case Value.Real(double real) -> real;
          case Value.Whole(long whole) -> whole;
          case Value.Text _, Value.Flag _, Value.Tree _ -> Double.NaN;
        };
    return number >= min
        && number <= max
        && (step.isEmpty()
            || Math.abs(stepped(index(number)) - number) <= 1e-9 * step.getAsDouble());
  }

  @Override
  public OptionalInt size() {
    if (min == max) {
      return OptionalInt.of(1);
    }
    return step.isPresent() && cells() <= Integer.MAX_VALUE
        ? OptionalInt.of((int) cells())
        : OptionalInt.empty();
  }

  @Override
  public List<Value> grid() {
    if (step.isPresent() && cells() <= count.orElse(MOST_IN_GRID)) {
      return IntStream.range(0, (int) cells())
          .<Value>mapToObj(i -> new Value.Real(stepped(i)))
          .toList();
    }
    if (min == max) {
      return List.of(new Value.Real(min));
    }
    int n = count.orElse(0);
    return IntStream.range(0, n).mapToObj(i -> gridValue(i, n)).toList();
  }

  @Override
  public String text() {
    var name =
        switch (scale) {
          case LINEAR -> "double";
          case LOG -> "log";
          case NORMAL -> "normal";
        };
    var steps = step.isPresent() ? " step " + Numbers.text(step.getAsDouble()) : "";
    var counted = count.isPresent() ? " count " + count.getAsInt() : "";
    return name + ":" + Numbers.text(min) + ".." + Numbers.text(max) + steps + counted;
  }

  private Value gridValue(int i, int n) {
    if (step.isPresent()) {
      return at(n == 1 ? 0.5 : (double) i / (n - 1));
    }
    if (scale == Scale.LINEAR) {
      return new Value.Real(n == 1 ? (min + max) / 2 : min + i * (max - min) / (n - 1));
    }
    return at(scale == Scale.NORMAL || n == 1 ? (i + 0.5) / n : (double) i / (n - 1));
  }

  private double number(Value value) {
    if (!contains(value)) {
      throw new IllegalArgumentException(value.text() + " is not in " + text());
    }
    return value instanceof Value.Whole(long whole) ? whole : ((Value.Real) value).value();
  }

  /** On other scales than the linear one a step rounds to the nearest value. */
  private double cellPlace(double place) {
    if (scale == Scale.LINEAR) {
      return place;
    }
    return (index(Math.clamp(spread(place), min, max)) + 0.5) / cells();
  }

  private long cells() {
    return (long) Math.floor((max - min) / step.orElse(1) * (1 + 1e-12) + 1e-9) + 1;
  }

  private long index(double number) {
    return Math.clamp(Math.round((number - min) / step.orElse(1)), 0, cells() - 1);
  }

  /** Rounded to twelve digits where that is exact enough, so that 0.1 · 3 is 0.3. */
  private double stepped(long index) {
    double exact = Math.min(min + index * step.orElse(1), max);
    double magnitude = Math.max(Math.abs(min), Math.abs(max));
    double digits = StrictMath.pow(10, 12 - Math.ceil(StrictMath.log10(magnitude)));
    double rounded = Math.rint(exact * digits) / digits;
    boolean near = Math.abs(rounded - exact) <= 1e-10 * step.orElse(1);
    return near ? Math.clamp(rounded, min, max) : exact;
  }

  private double spread(double place) {
    return switch (scale) {
      case LINEAR -> min + (max - min) * place;
      case LOG ->
          StrictMath.exp(StrictMath.log(min) + (StrictMath.log(max) - StrictMath.log(min)) * place);
      case NORMAL -> {
        double tail = Normal.cdf(-WIDTH);
        double z = Normal.quantile(tail + (1 - 2 * tail) * place);
        yield min + (max - min) * (0.5 + z / (2 * WIDTH));
      }
    };
  }

  private double gathered(double number) {
    if (min == max) {
      return 0.5;
    }
    return switch (scale) {
      case LINEAR -> (number - min) / (max - min);
      case LOG ->
          Math.clamp(
              (StrictMath.log(number) - StrictMath.log(min))
                  / (StrictMath.log(max) - StrictMath.log(min)),
              0,
              1);
      case NORMAL -> {
        double tail = Normal.cdf(-WIDTH);
        double z = ((number - min) / (max - min) - 0.5) * 2 * WIDTH;
        yield Math.clamp((Normal.cdf(z) - tail) / (1 - 2 * tail), 0, 1);
      }
    };
  }
}
