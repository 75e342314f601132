package ferry.search.space;

import ferry.search.chance.Chance;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Whole numbers between two ends, both possible.
 *
 * @param min the least; above zero on a log scale
 * @param max the greatest, not below the least; the ends are less than 2⁵³ apart
 * @param log whether small numbers are as likely as great ones of the same ratio
 * @param step {@code min}, {@code min + step}, … are taken; at least 1
 * @param count how many values a grid visits; where there is none it visits all
 */
public record IntRange(long min, long max, boolean log, long step, OptionalInt count)
    implements Domain {
  private static final long WIDEST = 1L << 53;

  public IntRange {
    if (min > max || max - min < 0 || max - min >= WIDEST) {
      throw new IllegalArgumentException(
          "a range to a number not below its start, less than 2^53 away");
    }
    if (log && min <= 0) {
      throw new IllegalArgumentException("a log range above zero");
    }
    if (step < 1
        || count.isPresent() && (count.getAsInt() < 1 || count.getAsInt() > MOST_IN_GRID)) {
      throw new IllegalArgumentException("a step above zero, and a count of 1 to 1000000");
    }
  }

  public static IntRange of(long min, long max) {
    return new IntRange(min, max, false, 1, OptionalInt.empty());
  }

  public static IntRange log(long min, long max) {
    return new IntRange(min, max, true, 1, OptionalInt.empty());
  }

  @Override
  public Value sample(Chance chance) {
    return log ? at(chance.uniform()) : new Value.Whole(min + chance.below(cells()) * step);
  }

  @Override
  public Value at(double unit) {
    double place = Math.clamp(unit, 0, 1);
    double cell =
        log
            ? (StrictMath.exp(lowest() + (highest() - lowest()) * place) - min + 0.5 * step) / step
            : place * cells();
    return new Value.Whole(min + Math.clamp((long) Math.floor(cell), 0, cells() - 1) * step);
  }

  @Override
  public double unit(Value value) {
    if (!contains(value)) {
      throw new IllegalArgumentException(value.text() + " is not in " + text());
    }
    long number = whole(value);
    return log
        ? Math.clamp((StrictMath.log((double) number) - lowest()) / (highest() - lowest()), 0, 1)
        : (index(number) + 0.5) / cells();
  }

  @Override
  public boolean contains(Value value) {
    boolean whole =
        value instanceof Value.Whole
            || value instanceof Value.Real(double real)
                && real == Math.rint(real)
                && Math.abs(real) < WIDEST;
    return whole && whole(value) >= min && whole(value) <= max && (whole(value) - min) % step == 0;
  }

  @Override
  public OptionalInt size() {
    return cells() <= Integer.MAX_VALUE ? OptionalInt.of((int) cells()) : OptionalInt.empty();
  }

  /** Evenly spread and rounded half away from zero, as Determined does; without a count all. */
  @Override
  public List<Value> grid() {
    if (count.isEmpty() && cells() > MOST_IN_GRID) {
      return List.of();
    }
    long n = Math.min(count.isPresent() ? count.getAsInt() : Integer.MAX_VALUE, cells());
    if (n == cells()) {
      return IntStream.range(0, (int) n)
          .<Value>mapToObj(i -> new Value.Whole(min + i * step))
          .toList();
    }
    return IntStream.range(0, (int) n).mapToObj(i -> gridValue(i, n)).distinct().toList();
  }

  @Override
  public String text() {
    return (log ? "logint:" : "int:")
        + min
        + ".."
        + max
        + (step == 1 ? "" : " step " + step)
        + (count.isPresent() ? " count " + count.getAsInt() : "");
  }

  private Value gridValue(int i, long n) {
    if (log) {
      return at(n == 1 ? 0.5 : (double) i / (n - 1));
    }
    double exact = n == 1 ? ((double) min + max) / 2 : min + (double) i * (max - min) / (n - 1);
    long rounded = (long) (Math.signum(exact) * Math.floor(Math.abs(exact) + 0.5));
    return new Value.Whole(min + (rounded - min) / step * step);
  }

  private static long whole(Value value) {
    return value instanceof Value.Real(double real) ? (long) real : ((Value.Whole) value).value();
  }

  private long index(long number) {
    return (number - min) / step;
  }

  private long cells() {
    return (max - min) / step + 1;
  }

  private double lowest() {
    return StrictMath.log(min - 0.5 * Math.min(step, 2 * min - 1));
  }

  private double highest() {
    return StrictMath.log(min + (cells() - 1) * step + 0.5 * step);
  }
}
