package ferry.store;

import ferry.error.SystemError;
import ferry.error.UserException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** A stored JSON object, read field by field. Fields that nobody asks for are passed over. */
record Tree(Map<String, Object> fields) {

  static UserException unreadable(String what) {
    return new SystemError.Unavailable(
            "what is stored of a run cannot be read: " + what,
            List.of("it was damaged, or written by another version of Ferry"))
        .thrown();
  }

  private <T> Optional<T> field(String name, Class<T> kind) {
    var value = fields.get(name);
    if (value != null && !kind.isInstance(value)) {
      throw unreadable("`" + name + "` is of another kind than expected");
    }
    return Optional.ofNullable(kind.cast(value));
  }

  private static <T> T required(String name, Optional<T> value) {
    return value.orElseThrow(() -> unreadable("`" + name + "` is missing"));
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  Optional<String> optionalText(String name) {
    return field(name, String.class);
  }

  String text(String name) {
    return required(name, optionalText(name));
  }

  OptionalLong optionalNumber(String name) {
    return field(name, Long.class).map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  int count(String name, int otherwise) {
    return Math.toIntExact(optionalNumber(name).orElse(otherwise));
  }

  OptionalDouble optionalReal(String name) {
    return field(name, Number.class)
        .map(number -> OptionalDouble.of(number.doubleValue()))
        .orElse(OptionalDouble.empty());
  }

  boolean flag(String name) {
    return field(name, Boolean.class).orElse(false);
  }

  Optional<Duration> optionalDuration(String name) {
    return optionalText(name).map(Duration::parse);
  }

  Optional<Tree> optionalTree(String name) {
    return field(name, Map.class).map(Tree::of);
  }

  Tree tree(String name) {
    return required(name, optionalTree(name));
  }

  List<String> texts(String name) {
    return list(name, String.class::cast);
  }

  List<Tree> trees(String name) {
    return list(name, Tree::of);
  }

  private <T> List<T> list(String name, Function<Object, T> reader) {
    var all = new ArrayList<T>();
    for (var item : field(name, List.class).orElse(List.of())) {
      all.add(reader.apply(item));
    }
    return all;
  }

  /** An object of texts, in the order written; empty where there is none. */
  Map<String, String> words(String name) {
    return map(name, String.class::cast);
  }

  /** An object whose fields are objects, in the order written; empty where there is none. */
  <T> LinkedHashMap<String, T> trees(String name, Function<Tree, T> reader) {
    return map(name, value -> reader.apply(of(value)));
  }

  private <T> LinkedHashMap<String, T> map(String name, Function<Object, T> reader) {
    var all = new LinkedHashMap<String, T>();
    optionalTree(name)
        .ifPresent(tree -> tree.fields.forEach((key, value) -> all.put(key, reader.apply(value))));
    return all;
  }

  @SuppressWarnings("unchecked") // only Json makes these, and its objects have texts as names
  private static Tree of(Object value) {
    return new Tree((Map<String, Object>) value);
  }
}
