package ferry.format;

import ferry.search.space.Json;
import ferry.search.space.Value;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** What a node of another program's file says, as a value. */
final class ForeignValue {
  private ForeignValue() {}

  /** A node as a value: number, truth, text, or a tree of them. */
  static Value of(Node node) {
    return node instanceof Node.Scalar scalar && !scalar.isNothing()
        ? scalar.isNumber() || scalar.truth().isPresent()
            ? Value.of(scalar.text())
            : new Value.Text(scalar.text())
        : new Value.Tree(Json.write(tree(node)));
  }

  static @Nullable Object tree(Node node) {
    return switch (node) {
      case Node.Scalar scalar when scalar.isNothing() -> null;
      case Node.Scalar scalar -> plain(of(scalar));
      case Node.Sequence list -> list.items().stream().map(ForeignValue::tree).toList();
      case Node.Mapping map -> {
        var all = new LinkedHashMap<String, @Nullable Object>();
        map.entries().forEach(entry -> all.put(entry.key().text(), tree(entry.value())));
        yield all;
      }
    };
  }

  private static Object plain(Value value) {
    return switch (value) {
      case Value.Whole(long whole) -> whole;
      case Value.Real(double real) -> real;
      case Value.Text(var text) -> text;
      case Value.Flag(boolean flag) -> flag;
      case Value.Tree(var json) -> json;
    };
  }
}
