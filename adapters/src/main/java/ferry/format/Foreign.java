package ferry.format;

import ferry.error.FileError;
import ferry.error.UserException;
import ferry.search.space.Value;
import ferry.workflow.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A mapping of another program's file. A key without a value counts as not there; what nobody asked
 * for by the end is named in a warning, or is an error where the format does not know it.
 */
final class Foreign {
  private final Source source;
  private final Node.Mapping mapping;
  private final String path;
  private final List<String> warnings;
  private final Set<String> asked = new HashSet<>();

  Foreign(Source source, Node.Mapping mapping, String path, List<String> warnings) {
    this.source = source;
    this.mapping = mapping;
    this.path = path;
    this.warnings = warnings;
  }

  Optional<Node> node(String key) {
    asked.add(key);
    return mapping
        .value(key)
        .filter(node -> !(node instanceof Node.Scalar scalar && scalar.isNothing()));
  }

  Node needed(String key, String... help) {
    return node(key)
        .orElseThrow(() ->
            source.error(new FileError.MissingKey(label(), key, List.of(help)), mapping.span()));
  }

  Optional<String> text(String key) {
    return node(key).map(node -> scalar(node, key, "a text").text());
  }

  String neededText(String key, String... help) {
    return scalar(needed(key, help), key, "a text").text();
  }

  OptionalLong number(String key, long least) {
    var node = node(key);
    if (node.isEmpty()) {
      return OptionalLong.empty();
    }
    var expected = "a whole number, " + least + " or more";
    var scalar = scalar(node.get(), key, expected);
    if (!scalar.text().matches("[+-]?[0-9]{1,18}") || Long.parseLong(scalar.text()) < least) {
      throw wrong(scalar, what(key), expected);
    }
    return OptionalLong.of(Long.parseLong(scalar.text()));
  }

  OptionalDouble real(String key) {
    var node = node(key);
    return node.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(real(node.get(), key));
  }

  double neededReal(String key) {
    return real(needed(key), key);
  }

  private double real(Node node, String key) {
    var scalar = scalar(node, key, "a number");
    if (Value.REAL.matcher(scalar.text()).matches()) {
      double number = Double.parseDouble(scalar.text());
      if (Double.isFinite(number)) {
        return number;
      }
    }
    throw wrong(scalar, what(key), "a number");
  }

  boolean truth(String key, boolean otherwise) {
    var node = node(key);
    return node.isEmpty()
        ? otherwise
        : scalar(node.get(), key, "`true` or `false`")
            .truth()
            .orElseThrow(() -> wrong(node.get(), what(key), "`true` or `false`"));
  }

  Optional<Foreign> inner(String key) {
    return node(key).map(node -> inner(node, key));
  }

  Foreign neededInner(String key, String... help) {
    return inner(needed(key, help), key);
  }

  Foreign inner(Node node, String key) {
    if (node instanceof Node.Mapping inner) {
      return new Foreign(source, inner, path + key + ".", warnings);
    }
    throw wrong(node, what(key), "a mapping");
  }

  List<Node> list(String key) {
    var node = node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof Node.Sequence list) {
      return list.items();
    }
    throw wrong(node.get(), what(key), "a list");
  }

  List<Foreign> inners(String key) {
    var all = new ArrayList<Foreign>();
    for (var item : list(key)) {
      all.add(inner(item, key + "[" + all.size() + "]"));
    }
    return all;
  }

  List<String> texts(String key) {
    return list(key).stream().map(item -> scalar(item, key, "a text").text()).toList();
  }

  private Node.Scalar scalar(Node node, String key, String expected) {
    if (node instanceof Node.Scalar scalar) {
      return scalar;
    }
    throw wrong(node, what(key), expected);
  }

  UserException wrong(Node node, String what, String expected, String... help) {
    return error(new FileError.WrongType(what, node.described(), expected, List.of(help)), node);
  }

  /** An error about a key's value, in whatever words. */
  UserException bad(String key, String found, String expected, String... help) {
    var error = new FileError.WrongType(what(key), found, expected, List.of(help));
    return error(error, mapping.value(key).orElse(mapping));
  }

  UserException error(ferry.error.UserError error, Node node) {
    return source.error(error, node.span());
  }

  ferry.error.Location place(String key) {
    return source.location(mapping.value(key).orElse(mapping).span());
  }

  Node.Mapping mapping() {
    return mapping;
  }

  String what(String key) {
    return "`" + path + key + "`";
  }

  private String label() {
    return path.isEmpty() ? "the file" : "`" + path.substring(0, path.length() - 1) + "`";
  }

  /** Says that a key that was asked for means something else here. */
  void warn(String key, String words) {
    var place = place(key);
    warnings.add("%s:%d: %s %s".formatted(place.source(), place.line(), what(key), words));
  }

  /** Every key that nobody asked for: known ones mean nothing here, others are errors. */
  void rest(String... known) {
    var names = new ArrayList<>(asked);
    names.addAll(List.of(known));
    for (var entry : mapping.entries()) {
      var key = entry.key().text();
      if (!asked.contains(key) && List.of(known).contains(key)) {
        warn(key, "means nothing here");
      } else if (!asked.contains(key)) {
        var sorted = names.stream().sorted().toList();
        throw source.error(
            new FileError.UnknownKey(
                label(), entry.key().shown(), Names.nearest(key, sorted), sorted),
            entry.key().span());
      }
    }
  }

  /** Every key that nobody asked for, whatever it is, means nothing here. */
  void ignoreRest() {
    for (var entry : mapping.entries()) {
      if (!asked.contains(entry.key().text())) {
        warn(entry.key().text(), "means nothing here");
      }
    }
  }

  /** A node as a value: number, truth, text, or a tree of them. */
  static Value value(Node node) {
    return node instanceof Node.Scalar scalar && !scalar.isNothing()
        ? scalar.isNumber() || scalar.truth().isPresent()
            ? Value.of(scalar.text())
            : new Value.Text(scalar.text())
        : new Value.Tree(ferry.search.space.Json.write(tree(node)));
  }

  static @org.jspecify.annotations.Nullable Object tree(Node node) {
    return switch (node) {
      case Node.Scalar scalar when scalar.isNothing() -> null;
      case Node.Scalar scalar -> plain(value(scalar));
      case Node.Sequence list -> list.items().stream().map(Foreign::tree).toList();
      case Node.Mapping map -> {
        var all = new java.util.LinkedHashMap<String, @org.jspecify.annotations.Nullable Object>();
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
