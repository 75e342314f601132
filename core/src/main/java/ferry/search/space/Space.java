package ferry.search.space;

import ferry.error.SearchError;
import ferry.error.UserException;
import ferry.search.chance.Chance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The parameters of a search. Points have the parameters in the order they were given; chance is
 * drawn in the order of their names, the parts of nested ones each for itself, as Determined does.
 * A condition's parameter is one of the space, and no condition leads back to itself.
 */
public final class Space {
  private final List<Parameter> parameters;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final int[] drawn;
  private final int[] settled;
  private final boolean conditional;

  /**
   * @throws ferry.error.UserException where two parameters have one name, one is nested in another
   *     that has a value itself, or a condition is about a parameter that is not there, about
   *     itself, or goes round in a circle
   */
  public Space(List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
    for (int i = 0; i < this.parameters.size(); i++) {
      if (indexes.put(this.parameters.get(i).name(), i) != null) {
        throw twice(this.parameters.get(i).name());
      }
    }
    this.parameters.forEach(this::checkNesting);
    conditional = this.parameters.stream().anyMatch(parameter -> parameter.condition().isPresent());
    drawn = byName();
    settled = new Conditions(this.parameters, indexes).parentsFirst(drawn);
  }

  private static UserException twice(String name) {
    return new SearchError.NameTaken(
            name, "two parameters are named `" + name + "`", List.of("name one of them otherwise"))
        .thrown();
  }

  /** What is nested in a value would have no place in the file that a trial reads. */
  private void checkNesting(Parameter parameter) {
    var name = parameter.name();
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      var outer = name.substring(0, dot);
      if (indexes.containsKey(outer)) {
        throw new SearchError.NameTaken(
                name,
                "parameter `" + outer + "` has a value, and `" + name + "` is nested in it",
                List.of("name one of them otherwise"))
            .thrown();
      }
    }
  }

  public static Space of(Parameter... parameters) {
    return new Space(List.of(parameters));
  }

  public List<Parameter> parameters() {
    return parameters;
  }

  public int dimension() {
    return parameters.size();
  }

  /** The parameter's place in {@link #parameters}, −1 where none is so named. */
  public int index(String name) {
    return indexes.getOrDefault(name, -1);
  }

  /** The parameters' places in {@link #parameters}, by name: the order in which chance is drawn. */
  public int[] drawnOrder() {
    return drawn.clone();
  }

  /** A point drawn by chance alone; parameters draw whether they will be there or not. */
  public Point sample(Chance chance) {
    if (!conditional) {
      return point(drawn, i -> Optional.of(parameters.get(i).domain().sample(chance)));
    }
    var all = new Value[parameters.size()];
    for (int i : drawn) {
      all[i] = parameters.get(i).domain().sample(chance);
    }
    return point(settled, i -> Optional.of(all[i]));
  }

  /**
   * The point at a place in the unit cube; coordinates of parameters that are not there are
   * skipped.
   */
  public Point at(double[] place) {
    return point(settled, i -> Optional.of(parameters.get(i).domain().at(place[i])));
  }

  /** The place with NaN for parameters that are not there at it. */
  public double[] masked(double[] place) {
    return conditional ? masked(place, at(place)) : place;
  }

  private double[] masked(double[] place, Point point) {
    var masked = place.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] = point.get(parameters.get(i).name()).isPresent() ? masked[i] : Double.NaN;
    }
    return masked;
  }

  /** A point's place in the unit cube, NaN for what is not there. */
  public double[] place(Point point) {
    var place = new double[parameters.size()];
    for (int i = 0; i < place.length; i++) {
      var parameter = parameters.get(i);
      place[i] = point.get(parameter.name()).map(parameter.domain()::unit).orElse(Double.NaN);
    }
    return place;
  }

  /**
   * The given values, and by {@code place} what they leave out; given ones that are not there go.
   */
  public Point complete(Point given, double[] place) {
    return point(
        settled,
        i ->
            given
                .get(parameters.get(i).name())
                .or(() -> Optional.of(parameters.get(i).domain().at(place[i]))));
  }

  /** Whether each value lies in its domain and what must be there is. */
  public boolean contains(Point point) {
    long there = parameters.stream().filter(parameter -> present(parameter, point)).count();
    return there == point.values().size()
        && parameters.stream()
            .filter(parameter -> present(parameter, point))
            .allMatch(parameter ->
                point.get(parameter.name()).filter(parameter.domain()::contains).isPresent());
  }

  /**
   * The first parameter that a grid cannot visit: a continuum, or very many values, without a
   * count.
   */
  public Optional<Parameter> withoutGrid() {
    return parameters.stream().filter(parameter -> parameter.domain().grid().isEmpty()).findFirst();
  }

  /**
   * How many points there are, counting each combination; empty for a continuum or beyond a long.
   */
  public OptionalLong size() {
    long size = 1;
    for (var parameter : parameters) {
      var values = parameter.domain().size();
      if (values.isEmpty() || Math.multiplyHigh(size, values.getAsInt()) != 0) {
        return OptionalLong.empty();
      }
      size *= values.getAsInt();
    }
    return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
  }

  private interface Chooser {
    Optional<Value> value(int index);
  }

  private Point point(int[] order, Chooser chooser) {
    var chosen = new HashMap<String, Value>();
    for (int i : order) {
      var parameter = parameters.get(i);
      if (parameter.condition().isEmpty() || parameter.condition().get().holds(Point.of(chosen))) {
        chooser.value(i).ifPresent(value -> chosen.put(parameter.name(), value));
      }
    }
    var values = new LinkedHashMap<String, Value>();
    for (var parameter : parameters) {
      var value = chosen.get(parameter.name());
      if (value != null) {
        values.put(parameter.name(), value);
      }
    }
    return new Point(values);
  }

  private boolean present(Parameter parameter, Point point) {
    return parameter.condition().isEmpty() || parameter.condition().get().holds(point);
  }

  private int[] byName() {
    var names = new ArrayList<Integer>();
    for (int i = 0; i < parameters.size(); i++) {
      names.add(i);
    }
    names.sort(
        Comparator.comparing(
            (Integer i) -> Arrays.asList(parameters.get(i).name().split("[.]")), Space::compare));
    return names.stream().mapToInt(i -> i).toArray();
  }

  private static int compare(List<String> a, List<String> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
