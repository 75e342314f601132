package ferry.format;

import ferry.error.FileError;
import ferry.error.SearchError;
import ferry.error.UserException;
import ferry.experiment.Search;
import ferry.experiment.SearchReader.Wishes;
import ferry.experiment.SearchSettings;
import ferry.search.Searcher;
import ferry.search.space.Choice;
import ferry.search.space.Constant;
import ferry.search.space.Domain;
import ferry.search.space.Parameter;
import ferry.search.space.Point;
import ferry.search.space.Space;
import ferry.search.space.SpaceReader;
import ferry.search.space.Value;
import ferry.workflow.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code search} section of ferry.yaml, and what was said beside it. */
final class FerrySearch {
  private static final String SPACE =
      "a mapping of names to ranges or values, like `lr: \"log 1e-4..1e-1\"`";

  private static final String TYPED = "--param";
  private static final List<List<String>> ENDS =
      List.of(List.of("min", "max"), List.of("minval", "maxval"), List.of("low", "high"));
  private static final List<String> KINDS =
      List.of("int", "double", "float", "log", "uniform", "loguniform", "categorical", "choice");

  private final Source source;
  private final Fields fields;
  private final Wishes wishes;

  FerrySearch(Source source, Fields fields, Wishes wishes) {
    this.source = source;
    this.fields = fields;
    this.wishes = wishes;
  }

  Search read() {
    var space = space();
    var points = points(space);
    var settings = new LinkedHashMap<String, String>();
    for (var name : SearchSettings.NAMES) {
      fields.text(name).ifPresent(text -> settings.put(name, text.text()));
    }
    var ofMethod = new LinkedHashMap<String, String>();
    fields
        .namedTexts("settings", Node.Scalar::text)
        .forEach((name, text) -> ofMethod.put(name, text.text()));
    try {
      var search =
          SearchSettings.read(
              space,
              SearchSettings.over(settings, wishes.settings()),
              SearchSettings.over(ofMethod, wishes.ofMethod()),
              points,
              wishes.seed());
      new Searcher(search.plan());
      return search;
    } catch (UserException e) {
      throw located(e);
    }
  }

  /** An error about a key of the file gets the key's place. */
  private UserException located(UserException e) {
    var name = SearchSettings.culprit(e.error());
    if (name.filter(this::isTyped).isPresent()) {
      return SearchSettings.asTyped(e, wishes.settings().keySet(), wishes.ofMethod().keySet());
    }
    var place =
        name.flatMap(this::node).or(() -> isMissing(e) ? value("method") : Optional.empty());
    return e.at(source.location(place.orElse(fields.mapping()).span()));
  }

  private boolean isTyped(String name) {
    return wishes.settings().containsKey(name) || wishes.ofMethod().containsKey(name);
  }

  private static boolean isMissing(UserException e) {
    return e.error() instanceof SearchError.MissingSetting;
  }

  private Optional<Node> value(String key) {
    return fields.mapping().value(key);
  }

  /** The value of a key, of a setting of the method, or of a parameter. */
  private Optional<Node> node(String name) {
    return value(name).or(() -> within("settings", name)).or(() -> within("space", name));
  }

  private Optional<Node> within(String key, String name) {
    return value(key).flatMap(node -> within(node, name));
  }

  /** The value under a name in which a dot nests. */
  private static Optional<Node> within(Node node, String name) {
    if (!(node instanceof Node.Mapping mapping)) {
      return Optional.empty();
    }
    int dot = name.indexOf('.');
    return dot < 0 || mapping.has(name)
        ? mapping.value(name)
        : mapping
            .value(name.substring(0, dot))
            .flatMap(inner -> within(inner, name.substring(dot + 1)));
  }

  private Space space() {
    var parameters = new LinkedHashMap<String, Parameter>();
    for (var entry : fields.names("space", SPACE)) {
      add(parameters, "", entry);
    }
    for (var text : wishes.space()) {
      var parameter = SpaceReader.parameter(TYPED, text);
      parameters.put(parameter.name(), parameter);
    }
    if (parameters.isEmpty()) {
      fields.needed("space", "write `space:` and below it `lr: \"log 1e-4..1e-1\"`");
    }
    try {
      return new Space(List.copyOf(parameters.values()));
    } catch (UserException e) {
      throw inSpace(e);
    }
  }

  /** An error about what parameters are to each other. */
  private UserException inSpace(UserException e) {
    var name = SearchSettings.culprit(e.error()).orElse("");
    var typed = wishes.space().stream().filter(text -> text.startsWith(name + "=")).findFirst();
    if (typed.isPresent()) {
      return e.at(SpaceReader.conditionIn(TYPED, typed.get()));
    }
    var node = within("space", name).orElse(fields.mapping());
    if (e.error() instanceof SearchError.BadCondition && node instanceof Node.Scalar text) {
      var inner = SpaceReader.conditionIn(source.name(), text.text());
      return e.at(source.location(text, inner.column() - 1, inner.length()));
    }
    return e.at(source.location(node.span()));
  }

  private void add(Map<String, Parameter> parameters, String prefix, Node.Entry entry) {
    var name = prefix + entry.key().text();
    try {
      SpaceReader.checkName(name);
    } catch (UserException e) {
      throw e.at(source.location(entry.key().span()));
    }
    var value = fields.something(entry, "`" + entry.key().shown() + "` of `space`");
    switch (value) {
      case Node.Mapping nested -> {
        refuseRange(name, nested);
        nested.entries().forEach(inner -> add(parameters, name + ".", inner));
      }
      case Node.Sequence list -> parameters.put(name, new Parameter(name, choice(list)));
      case Node.Scalar text when text.isNumber() || text.truth().isPresent() ->
          parameters.put(name, new Parameter(name, new Constant(value(text))));
      case Node.Scalar text ->
          parameters.put(
              name,
              fields.parsed(
                  "space", text, words -> SpaceReader.parameter(name, source.name(), words)));
    }
  }

  /** A range as other programs' files have it; a mapping nests here. */
  private void refuseRange(String name, Node.Mapping nested) {
    boolean empty = nested.entries().isEmpty();
    boolean ends = ENDS.stream().anyMatch(pair -> pair.stream().allMatch(nested::has));
    boolean typed = nested.value("type").filter(FerrySearch::isKind).isPresent();
    if (empty || ends || typed) {
      throw fields.wrong(
          nested,
          empty ? "an empty mapping" : "a mapping, which nests parameters here",
          "`" + name + "` of `space`",
          "a range or values in one text",
          "write `"
              + name
              + ": \"double 0..1\"`, `\"log 1e-4..1e-1\"`, `\"int 1..4\"` or `[relu, tanh]`");
    }
  }

  private static boolean isKind(Node type) {
    return type instanceof Node.Scalar word && KINDS.contains(word.text());
  }

  private Domain choice(Node.Sequence list) {
    var values = new ArrayList<Value>();
    for (var item : list.items()) {
      values.add(value(fields.text(item, "a value of `space`")));
    }
    try {
      return new Choice(values);
    } catch (IllegalArgumentException e) {
      throw fields.wrong(list, "a list with no value or one twice", "`space`", "each value once");
    }
  }

  private static Value value(Node.Scalar scalar) {
    return scalar.isNumber() || scalar.truth().isPresent()
        ? Value.of(scalar.text())
        : new Value.Text(scalar.text());
  }

  private List<Point> points(Space space) {
    var node = fields.node("points");
    if (node.isEmpty()) {
      return List.of();
    }
    if (!(node.get() instanceof Node.Sequence list)) {
      throw fields.wrong(node.get(), "`points`", "a list of mappings, like `- {lr: 0.01}`");
    }
    return list.items().stream().map(item -> point(space, item)).toList();
  }

  private boolean isSaidBeside(String name) {
    return wishes.space().stream().anyMatch(text -> text.startsWith(name + "="));
  }

  private UserException unknown(Space space, Node.Scalar key) {
    var known = space.parameters().stream().map(Parameter::name).toList();
    return fields.error(
        new FileError.UnknownKey(
            "an entry of `points`", key.shown(), Names.nearest(key.text(), known), known),
        key);
  }

  private Point point(Space space, Node item) {
    var values = new LinkedHashMap<String, Value>();
    var mapping = fields.mapping(item, "an entry of `points`", "a mapping, like `{lr: 0.01}`");
    for (var entry : mapping.entries()) {
      var name = entry.key().text();
      int index = space.index(name);
      var value = value(fields.text(entry.value(), "a value of `points`"));
      if (index < 0) {
        throw unknown(space, entry.key());
      }
      var domain = space.parameters().get(index).domain();
      if (!domain.contains(value) && isSaidBeside(name)) {
        continue; // its range was another when the point was written down
      }
      if (!domain.contains(value)) {
        throw fields.wrong(
            entry.value(),
            "`" + value.text() + "`",
            "`" + name + "` of an entry of `points`",
            "a value of its range, " + domain.text());
      }
      values.put(name, value);
    }
    return Point.of(values);
  }
}
