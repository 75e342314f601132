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
final class Foreign extends ForeignMapping {
  /** Keys that are as near to each other as a slip; each is one of its own. */
  private static final Set<String> SIMILAR =
      Set.of("minval", "maxval", "min", "max", "num_rungs", "max_rungs");

  private final List<String> warnings;
  private final Set<String> asked = new HashSet<>();

  Foreign(Source source, Node.Mapping mapping, String path, List<String> warnings) {
    super(source, mapping, path);
    this.warnings = warnings;
  }

  Optional<Node> node(String key) {
    asked.add(key);
    return mapping()
        .value(key)
        .filter(node -> !(node instanceof Node.Scalar scalar && scalar.isNothing()));
  }

  Node needed(String key, String... help) {
    return node(key).orElseThrow(() -> missing(key, help));
  }

  /** A key that is not there: it may be one that nobody asked for, with a slip in it. */
  private UserException missing(String key, String... help) {
    var others =
        mapping().entries().stream()
            .map(Node.Entry::key)
            .filter(other -> !asked.contains(other.text()) && !SIMILAR.contains(other.text()))
            .toList();
    var near = Names.nearest(key, others.stream().map(Node.Scalar::text).toList());
    for (var other : others) {
      if (near.filter(other.text()::equals).isPresent()) {
        return error(
            new FileError.UnknownKey(label(), other.shown(), Optional.of(key), List.of(key)),
            other);
      }
    }
    return error(new FileError.MissingKey(label(), key, List.of(help)), mapping());
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
    var expected = "a whole number" + (least == Long.MIN_VALUE ? "" : ", " + least + " or more");
    var scalar = scalar(node.get(), key, expected);
    if (!scalar.text().matches("[+-]?[0-9]{1,18}") || Long.parseLong(scalar.text()) < least) {
      throw wrong(scalar, what(key), expected);
    }
    return OptionalLong.of(Long.parseLong(scalar.text()));
  }

  /** The same, within bounds. */
  OptionalLong number(String key, long least, long most) {
    var found = number(key, least);
    if (found.orElse(least) > most) {
      throw bad(key, "`" + found.getAsLong() + "`", "a whole number from " + least + " to " + most);
    }
    return found;
  }

  OptionalDouble real(String key) {
    var node = node(key);
    return node.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(real(node.get(), key));
  }

  double neededReal(String key, String... help) {
    return real(needed(key, help), key);
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
      return new Foreign(source(), inner, path() + key + ".", warnings);
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
    return scalars(key).stream().map(Node.Scalar::text).toList();
  }

  List<Node.Scalar> scalars(String key) {
    var all = new ArrayList<Node.Scalar>();
    for (var item : list(key)) {
      all.add(scalar(item, key + "[" + all.size() + "]", "a text"));
    }
    return all;
  }

  private Node.Scalar scalar(Node node, String key, String expected) {
    if (node instanceof Node.Scalar scalar) {
      return scalar;
    }
    throw wrong(node, what(key), expected);
  }

  /** A text that is one of some words; another is an error that names the nearest. */
  Optional<String> word(String key, List<String> known) {
    var found = text(key);
    found
        .filter(word -> !known.contains(word))
        .ifPresent(word -> {
          throw unknown(key, word, known);
        });
    return found;
  }

  String neededWord(String key, List<String> known, String... help) {
    needed(key, help);
    return word(key, known).orElseThrow();
  }

  /** Says that a key that was asked for means something else here. */
  void warn(String key, String words) {
    var place = place(key);
    warnings.add("%s:%d: %s %s".formatted(place.source(), place.line(), what(key), words));
  }

  /** Says of keys that are there that they mean nothing here. */
  void warnOf(String... keys) {
    for (var key : keys) {
      node(key).ifPresent(_ -> warn(key, "means nothing here"));
    }
  }

  /** Every key that nobody asked for: known ones mean nothing here, others are errors. */
  void rest(String... known) {
    var names = new ArrayList<>(asked);
    names.addAll(List.of(known));
    for (var entry : mapping().entries()) {
      var key = entry.key().text();
      if (!asked.contains(key) && List.of(known).contains(key)) {
        warn(key, "means nothing here");
      } else if (!asked.contains(key)) {
        var sorted = names.stream().sorted().toList();
        throw source()
            .error(
                new FileError.UnknownKey(
                    label(), entry.key().shown(), Names.nearest(key, sorted), sorted),
                entry.key().span());
      }
    }
  }

  /** Every key that nobody asked for, whatever it is, means nothing here. */
  void ignoreRest() {
    for (var entry : mapping().entries()) {
      if (!asked.contains(entry.key().text())) {
        warn(entry.key().text(), "means nothing here");
      }
    }
  }
}
