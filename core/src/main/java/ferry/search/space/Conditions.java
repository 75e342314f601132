package ferry.search.space;

import ferry.error.SearchError;
import ferry.error.UserException;
import ferry.workflow.Names;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The conditions of a space: each is about a parameter of it, can hold, and leads to an end. */
final class Conditions {
  private final List<Parameter> parameters;
  private final Map<String, Integer> indexes;
  private final Set<Integer> order = new LinkedHashSet<>();

  Conditions(List<Parameter> parameters, Map<String, Integer> indexes) {
    this.parameters = parameters;
    this.indexes = indexes;
  }

  /**
   * The parameters' indexes in an order in which each comes after the one that it depends on.
   *
   * @throws UserException for a condition that cannot be
   */
  int[] parentsFirst(int[] drawn) {
    for (int index : drawn) {
      visit(index, List.of());
    }
    return order.stream().mapToInt(index -> index).toArray();
  }

  private void visit(int index, List<String> way) {
    if (order.contains(index)) {
      return;
    }
    var parameter = parameters.get(index);
    var further = new ArrayList<>(way);
    further.add(parameter.name());
    if (way.contains(parameter.name())) {
      throw circle(parameter, further.subList(way.indexOf(parameter.name()), further.size()));
    }
    if (parameter.condition().isPresent()) {
      visit(parent(parameter, parameter.condition().get()), further);
    }
    order.add(index);
  }

  private int parent(Parameter parameter, Condition condition) {
    var other = condition.parameter();
    if (other.equals(parameter.name())) {
      throw bad(parameter, "depends on itself", "name another parameter after `if`");
    }
    if (!indexes.containsKey(other)) {
      throw unknown(parameter, other);
    }
    var domain = parameters.get(indexes.get(other)).domain();
    condition
        .unmet(domain)
        .ifPresent(value -> {
          throw never(parameter, other, domain, value.text());
        });
    return indexes.get(other);
  }

  private UserException unknown(Parameter parameter, String other) {
    var names = parameters.stream().map(Parameter::name).filter(name -> isOther(parameter, name));
    var others = names.toList();
    var near = Names.nearest(other, others).map(name -> "did you mean `" + name + "`?");
    return bad(
        parameter,
        "depends on `" + other + "`, but no parameter is named so",
        near.orElse(
            others.isEmpty()
                ? "search that parameter too, or take the condition away"
                : "there are " + String.join(", ", others)));
  }

  private static boolean isOther(Parameter parameter, String name) {
    return !name.equals(parameter.name());
  }

  private static UserException never(
      Parameter parameter, String other, Domain domain, String value) {
    if (domain.size().isEmpty()) {
      return bad(
          parameter,
          "is there where `%s` is %s, and a range takes a single value only by chance"
              .formatted(other, value),
          "give `" + other + "` a `step`, or values like `[0.1, 0.5]`");
    }
    var values = domain instanceof Choice(var all) ? all : List.<Value>of();
    var near = Names.nearest(value, values.stream().map(Value::text).toList());
    return bad(
        parameter,
        "is there where `%s` is %s, which it never is".formatted(other, value),
        near.map(text -> "did you mean `" + text + "`?")
            .orElse("`" + other + "` is " + domain.text()));
  }

  private static UserException circle(Parameter parameter, List<String> way) {
    return bad(
        parameter,
        "depends on itself by the conditions `" + String.join("` → `", way) + "`",
        "take the condition of one of them away");
  }

  private static UserException bad(Parameter parameter, String why, String wayOut) {
    return new SearchError.BadCondition(parameter.name(), why, List.of(wayOut)).thrown();
  }
}
