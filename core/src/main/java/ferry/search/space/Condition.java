package ferry.search.space;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When a parameter is there at all: where another one has one of these values.
 *
 * @param parameter the other one's name
 * @param values at least one of its values
 */
public record Condition(String parameter, List<Value> values) {
  public Condition {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a condition names a value");
    }
  }

  /** Whether the point has that parameter with one of the values. */
  public boolean holds(Point point) {
    return point
        .get(parameter)
        .filter(value -> values.stream().anyMatch(one -> one.text().equals(value.text())))
        .isPresent();
  }

  /** The first of its values that the parameter it is about never has. */
  Optional<Value> unmet(Domain domain) {
    return values.stream().filter(value -> !isIn(domain, value)).findFirst();
  }

  private static boolean isIn(Domain domain, Value value) {
    return switch (domain) {
      case Choice(var all) -> all.stream().anyMatch(one -> one.text().equals(value.text()));
      case Constant(var only) -> only.text().equals(value.text());
      case IntRange range -> range.contains(value);
      case Range range -> range.size().isPresent() && range.contains(value);
      case Power power -> power.size().isPresent() && power.contains(value);
    };
  }

  String text() {
    var list = values.stream().map(Value::text).collect(Collectors.joining(", "));
    return " if " + parameter + (values.size() == 1 ? " = " + list : " in [" + list + "]");
  }
}
