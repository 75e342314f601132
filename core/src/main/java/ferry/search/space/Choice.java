package ferry.search.space;

import ferry.search.chance.Chance;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** One of some values that have no order: at least one, none twice. */
public record Choice(List<Value> values) implements Domain {

  public Choice {
    values = List.copyOf(values);
    if (values.isEmpty() || new HashSet<>(values).size() < values.size()) {
      throw new IllegalArgumentException("a choice has values, none twice");
    }
  }

  @Override
  public Value sample(Chance chance) {
    return values.get((int) chance.below(values.size()));
  }

  @Override
  public Value at(double unit) {
    return values.get(Math.clamp((int) Math.floor(unit * values.size()), 0, values.size() - 1));
  }

  @Override
  public double unit(Value value) {
    int index = index(value);
    if (index < 0) {
      throw new IllegalArgumentException(value.text() + " is not in " + text());
    }
    return (index + 0.5) / values.size();
  }

  @Override
  public boolean contains(Value value) {
    return index(value) >= 0;
  }

  @Override
  public OptionalInt size() {
    return OptionalInt.of(values.size());
  }

  @Override
  public List<Value> grid() {
    return values;
  }

  @Override
  public String text() {
    return values.stream().map(Value::text).collect(Collectors.joining(", ", "[", "]"));
  }

  /** By value, else by what it looks like: 1 from one file is 1.0 from another. */
  private int index(Value value) {
    int exact = values.indexOf(value);
    for (int i = 0; exact < 0 && i < values.size(); i++) {
      exact = values.get(i).text().equals(value.text()) ? i : -1;
    }
    return exact;
  }
}
