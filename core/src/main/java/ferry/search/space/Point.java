package ferry.search.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A value for each parameter that is there, in the space's order. */
public record Point(SequencedMap<String, Value> values) {
  public static final Point EMPTY = new Point(new LinkedHashMap<>());

  public Point {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  public static Point of(Map<String, Value> values) {
    return new Point(new LinkedHashMap<>(values));
  }

  public Optional<Value> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** JSON in which {@code a.b} is {@code b} within {@code a}, as a script that reads it expects. */
  public String json() {
    return Json.write(tree());
  }

  /** Names and JSON values, not nested: what {@link #ofFlat} reads. */
  public Map<String, @Nullable Object> flat() {
    var flat = new LinkedHashMap<String, @Nullable Object>();
    values.forEach((name, value) -> flat.put(name, plain(value)));
    return flat;
  }

  public static Point ofFlat(Map<?, ?> flat) {
    var values = new LinkedHashMap<String, Value>();
    flat.forEach((name, value) -> values.put(String.valueOf(name), Value.ofTree(value)));
    return new Point(values);
  }

  private Map<String, @Nullable Object> tree() {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    values.forEach((name, value) -> put(tree, name, plain(value)));
    return tree;
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, @Nullable Object> tree, String name, @Nullable Object value) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      tree.put(name, value);
      return;
    }
    var inner =
        tree.computeIfAbsent(
            name.substring(0, dot), _ -> new LinkedHashMap<String, @Nullable Object>());
    if (inner instanceof Map<?, ?> map) {
      put((Map<String, @Nullable Object>) map, name.substring(dot + 1), value);
    }
  }

  private static @Nullable Object plain(Value value) {
    return switch (value) {
      case Value.Whole(long whole) -> whole;
      case Value.Real(double real) -> real;
      case Value.Text(String text) -> text;
      case Value.Flag(boolean flag) -> flag;
      case Value.Tree(String json) -> Json.read(json);
    };
  }

  @Override
  public String toString() {
    return json();
  }
}
