package ferry.search.space;

import ferry.search.chance.Chance;
import java.util.List;
import java.util.OptionalInt;

/** One value and no other. */
public record Constant(Value value) implements Domain {

  @Override
  public Value sample(Chance chance) {
    return value;
  }

  @Override
  public Value at(double unit) {
    return value;
  }

  @Override
  public double unit(Value other) {
    return 0.5;
  }

  @Override
  public boolean contains(Value other) {
    return other.equals(value) || other.text().equals(value.text());
  }

  @Override
  public OptionalInt size() {
    return OptionalInt.of(1);
  }

  @Override
  public List<Value> grid() {
    return List.of(value);
  }

  @Override
  public String text() {
    return value.text();
  }
}
