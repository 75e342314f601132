package ferry.search.space;

import ferry.search.chance.Chance;
import java.util.List;
import java.util.OptionalInt;

/**
 * The values that a parameter may take. Samplers see each domain as the interval from 0 to 1:
 * {@link #at} and {@link #unit} are the two directions, a domain of n values cutting it into n
 * equal cells.
 */
public sealed interface Domain permits Range, IntRange, Power, Choice, Constant {

  /** The most values of one domain that a grid visits. */
  int MOST_IN_GRID = 1_000_000;

  /** A value drawn by chance alone. */
  Value sample(Chance chance);

  /** The value at a place in [0, 1]; places outside are moved to the nearer end. */
  Value at(double unit);

  /**
   * The place of a value, the middle of its cell where there are cells.
   *
   * @throws IllegalArgumentException for a value that is not in the domain
   */
  double unit(Value value);

  /** Whether the value may be taken. */
  boolean contains(Value value);

  /** How many values there are; empty where they are a continuum or more than an int can count. */
  OptionalInt size();

  /**
   * The values that a grid visits, in order; empty where the domain has no count and is a continuum
   * or has more than {@link #MOST_IN_GRID} values.
   */
  List<Value> grid();

  /** The domain as a user writes it. */
  String text();
}
