package ferry.format;

import ferry.error.DefinitionError;
import ferry.error.FileError;
import ferry.error.Location;
import ferry.error.UserError;
import ferry.error.UserException;
import ferry.workflow.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The values of one mapping, read key by key; what is not of the type asked for is an error with
 * its place.
 */
final class Fields {
  private final Source source;
  private final String label;
  private final Node.Mapping mapping;
  private final Map<String, Node.Entry> entries = new LinkedHashMap<>();

  private Fields(Source source, String label, Node.Mapping mapping) {
    this.source = source;
    this.label = label;
    this.mapping = mapping;
    mapping.entries().forEach(entry -> entries.put(entry.key().text(), entry));
  }

  /**
   * Takes a mapping that has only the level's keys.
   *
   * @param label the mapping in words, like {@code step `train`}
   */
  static Fields of(Source source, String label, Node.Mapping mapping, Level level) {
    for (var entry : mapping.entries()) {
      if (!level.names().contains(entry.key().text())) {
        var nearest = Names.nearest(entry.key().text(), level.names());
        throw source.error(
            new FileError.UnknownKey(label, entry.key().shown(), nearest, level.names()),
            entry.key().span());
      }
    }
    return new Fields(source, label, mapping);
  }

  /** The value of a key, where the key is there; a key without a value is an error. */
  Optional<Node> node(String key) {
    return Optional.ofNullable(entries.get(key)).map(entry -> something(entry, what(key)));
  }

  /** The value of a key that must be there. */
  Node needed(String key, String... help) {
    return node(key)
        .orElseThrow(() ->
            source.error(new FileError.MissingKey(label, key, List.of(help)), mapping.span()));
  }

  Optional<Node.Scalar> text(String key) {
    return node(key).map(node -> text(node, what(key)));
  }

  Node.Scalar neededText(String key) {
    return text(needed(key), what(key));
  }

  /** A text, or a list of them. */
  List<Node.Scalar> texts(String key) {
    var node = node(key);
    if (node.isPresent() && node.get() instanceof Node.Sequence list) {
      return list.items().stream().map(item -> text(item, "an entry of " + what(key))).toList();
    }
    return node.map(one -> text(one, what(key), "a text or a list of texts")).stream().toList();
  }

  /** A text that a parser turns into something; the parser's errors get the text's place. */
  <T> Optional<T> parsed(String key, Function<String, T> parser) {
    return text(key).map(scalar -> parsed(key, scalar, parser));
  }

  <T> T parsed(String key, Node.Scalar scalar, Function<String, T> parser) {
    try {
      return parser.apply(scalar.text());
    } catch (UserException e) {
      throw new UserException(underKey(key, e.error()), place(scalar, e.location()));
    }
  }

  /** A parser may know the place in its text; that is a place in the file too. */
  private Location place(Node.Scalar scalar, Optional<Location> inner) {
    var text = scalar.text();
    int length = text.codePointCount(0, text.length());
    return inner
        .filter(place -> place.line() == 1 && place.column() + place.length() - 1 <= length)
        .map(place -> source.location(scalar, place.column() - 1, place.length()))
        .orElseGet(() -> source.location(scalar.span()));
  }

  /** A parser does not know under which key its text stood. */
  private static UserError underKey(String key, UserError error) {
    return error instanceof DefinitionError.BadValue(var step, _, var found, var expected, var help)
        ? new DefinitionError.BadValue(step, Optional.of(key), found, expected, help)
        : error;
  }

  Optional<Boolean> truth(String key) {
    return text(key).map(scalar -> scalar.truth().orElseThrow(() -> noTruth(scalar, what(key))));
  }

  private UserException noTruth(Node.Scalar scalar, String what) {
    var meant =
        switch (scalar.text().toLowerCase(Locale.ROOT)) {
          case "yes", "on", "y", "1", "true" -> List.of("write `true`");
          case "no", "off", "n", "0", "false" -> List.of("write `false`");
          default -> List.<String>of();
        };
    var error = new FileError.WrongType(what, scalar.described(), "`true` or `false`", meant);
    return error(error, scalar);
  }

  Optional<Integer> number(String key, int least, int most) {
    return text(key).map(scalar -> number(scalar, what(key), least, most));
  }

  int number(Node.Scalar scalar, String what, int least, int most) {
    var expected = "a whole number from " + least + " to " + most;
    if (!scalar.text().matches("[0-9]{1,9}")) {
      throw wrong(scalar, what, expected);
    }
    int number = Integer.parseInt(scalar.text());
    if (number < least || number > most) {
      throw wrong(scalar, what, expected);
    }
    return number;
  }

  /** The entries of a mapping whose keys are the user's own names. */
  List<Node.Entry> names(String key, String expected) {
    return node(key).map(node -> mapping(node, what(key), expected).entries()).orElse(List.of());
  }

  /** The values of a mapping whose keys are the user's own names, as texts. */
  Map<String, Node.Scalar> namedTexts(String key, Function<Node.Scalar, String> name) {
    var texts = new LinkedHashMap<String, Node.Scalar>();
    for (var entry : names(key, "a mapping of names to texts")) {
      var what = "`" + entry.key().shown() + "` in " + what(key);
      texts.put(name.apply(entry.key()), text(something(entry, what), what));
    }
    return texts;
  }

  /** The fields of a mapping under a key. */
  Fields inner(String key, Node node, Level level) {
    return nested(what(key), node, level);
  }

  /** The fields of a mapping that these words name. */
  Fields nested(String what, Node node, Level level) {
    var keys = "a mapping with " + String.join(", ", level.names());
    if (node instanceof Node.Mapping inner) {
      return of(source, what, inner, level);
    }
    throw source.error(
        new FileError.WrongType(what, node.described(), keys, List.of()), node.span());
  }

  Node.Mapping mapping(Node node, String what, String expected) {
    if (node instanceof Node.Mapping inner) {
      return inner;
    }
    throw wrong(node, what, expected);
  }

  Node.Scalar text(Node node, String what) {
    return text(node, what, "a text");
  }

  Node.Scalar text(Node node, String what, String expected) {
    if (!(node instanceof Node.Scalar scalar)) {
      throw wrong(node, what, expected);
    }
    if (scalar.isNothing()) {
      throw source.error(new FileError.NoValue(what), scalar.span());
    }
    return scalar;
  }

  Node something(Node.Entry entry, String what) {
    if (entry.value() instanceof Node.Scalar scalar && scalar.isNothing()) {
      throw source.error(new FileError.NoValue(what), entry.key().span());
    }
    return entry.value();
  }

  UserException wrong(Node node, String what, String expected) {
    return error(new FileError.WrongType(what, node.described(), expected, List.of()), node);
  }

  UserException wrong(Node node, String found, String what, String expected, String... help) {
    return error(new FileError.WrongType(what, found, expected, List.of(help)), node);
  }

  /** A wrong type whose value is not shown, because it may be a secret. */
  UserException hidden(Node.Entry entry, String what, String expected) {
    var found = entry.value() instanceof Node.Scalar ? "a text" : entry.value().described();
    var help = List.of("the value itself never stands in the file, only where it is kept");
    var error = new FileError.WrongType(what, found, expected, help);
    return new UserException(error, source.upTo(entry.key().span()));
  }

  UserException error(UserError error, Node node) {
    return source.error(error, node.span());
  }

  /** A key of this mapping in words, like {@code `cpu` of step `train`}. */
  String what(String key) {
    return "`" + key + "`" + (label.startsWith("the ") ? "" : " of " + label);
  }

  String label() {
    return label;
  }

  Node.Mapping mapping() {
    return mapping;
  }
}
