package ferry.format;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code search} section of ferry.yaml, and what was said beside it. */
final class FerrySearch {
  private static final String SPACE =
      "a mapping of names to ranges or values, like `lr: \"log 1e-4..1e-1\"`";

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
    if (!(e.error() instanceof SearchError error) || error.field().isEmpty()) {
      return e.at(source.location(fields.mapping().span()));
    }
    var name = error.field().get();
    if (wishes.settings().containsKey(name) || wishes.ofMethod().containsKey(name)) {
      return e;
    }
    var place = fields.mapping().value(name).or(() -> inner("settings", name));
    return e.at(
        source.location(place.or(() -> inner("space", name)).orElse(fields.mapping()).span()));
  }

  private Optional<Node> inner(String key, String name) {
    return fields
        .mapping()
        .value(key)
        .flatMap(node ->
            node instanceof Node.Mapping mapping ? mapping.value(name) : Optional.<Node>empty());
  }

  private Space space() {
    var parameters = new LinkedHashMap<String, Parameter>();
    for (var entry : fields.names("space", SPACE)) {
      add(parameters, "", entry);
    }
    for (var text : wishes.space()) {
      var parameter = SpaceReader.parameter("--param", text);
      parameters.put(parameter.name(), parameter);
    }
    if (parameters.isEmpty()) {
      fields.needed("space", "write `space:` and below it `lr: \"log 1e-4..1e-1\"`");
    }
    try {
      return new Space(List.copyOf(parameters.values()));
    } catch (IllegalArgumentException e) {
      throw fields.wrong(
          fields.needed("space"), String.valueOf(e.getMessage()), "`space`", "a space that can be");
    }
  }

  private void add(Map<String, Parameter> parameters, String prefix, Node.Entry entry) {
    var name = prefix + entry.key().text();
    var value = fields.something(entry, "`" + entry.key().shown() + "` of `space`");
    switch (value) {
      case Node.Mapping nested ->
          nested.entries().forEach(inner -> add(parameters, name + ".", inner));
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

  private Point point(Space space, Node item) {
    var values = new LinkedHashMap<String, Value>();
    var mapping = fields.mapping(item, "an entry of `points`", "a mapping, like `{lr: 0.01}`");
    for (var entry : mapping.entries()) {
      var name = entry.key().text();
      int index = space.index(name);
      var value = value(fields.text(entry.value(), "a value of `points`"));
      boolean fits = index >= 0 && space.parameters().get(index).domain().contains(value);
      if (!fits && isSaidBeside(name)) {
        continue; // its range was another when the point was written down
      }
      if (!fits) {
        throw fields.wrong(
            entry.value(),
            "`" + name + ": " + value.text() + "`",
            "an entry of `points`",
            "a parameter of `space` and a value in its range");
      }
      values.put(name, value);
    }
    return Point.of(values);
  }
}
