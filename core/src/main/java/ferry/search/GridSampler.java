package ferry.search;

import ferry.error.SearchError;
import ferry.search.chance.Chance;
import ferry.search.space.Parameter;
import ferry.search.space.Point;
import ferry.search.space.Space;
import ferry.search.space.Value;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Every combination of values, each once, the parameter first by name changing slowest. Points that
 * an earlier experiment or the known good ones had are not visited again; combinations that differ
 * only in parameters that are not there are one.
 *
 * <p>The full factorial design of Fisher: The Design of Experiments (1935). Values and their order
 * are those of Determined's searcher {@code grid}.
 */
final class GridSampler implements Sampler {
  private final Space space;
  private final List<List<Value>> axes;
  private final int[] order;
  private final long size;
  private final Set<String> seen = new HashSet<>();
  private int known;
  private long next;

  GridSampler(Space space) {
    this.space = space;
    space
        .withoutGrid()
        .ifPresent(continuum -> {
          throw new SearchError.BadParameter(
                  continuum.name(),
                  "a range without a count",
                  "a count, since a grid visits single values",
                  List.of("write `" + continuum.text() + " count 5`"))
              .thrown();
        });
    axes = space.parameters().stream().map(parameter -> parameter.domain().grid()).toList();
    order = space.drawnOrder();
    size = combinations(axes);
  }

  /** How many points there are at most; conditions and known points make it fewer. */
  long size() {
    return size;
  }

  /**
   * How many trials known good points add to the combinations: those that lie between them, and
   * those that stand there twice.
   */
  int beside(List<Point> points) {
    var met = new HashSet<Point>();
    return (int) points.stream().filter(point -> !isMet(point) || !met.add(point)).count();
  }

  /** Whether a combination is sure to be the same; what a point leaves out is drawn. */
  private boolean isMet(Point point) {
    return IntStream.range(0, axes.size())
        .allMatch(i -> {
          var parameter = space.parameters().get(i);
          var value = point.get(parameter.name());
          return value.isEmpty()
              ? parameter.domain().size().orElse(-1) == axes.get(i).size()
              : axes.get(i).stream().anyMatch(one -> isSame(parameter, one, value.get()));
        });
  }

  private static boolean isSame(Parameter parameter, Value one, Value other) {
    return parameter.domain().unit(one) == parameter.domain().unit(other);
  }

  @Override
  public Optional<Point> next(History history, Chance chance, int number) {
    learn(history);
    while (next < size) {
      var point = point(next++);
      if (seen.add(key(point))) {
        return Optional.of(point);
      }
    }
    return Optional.empty();
  }

  @Override
  public Map<String, Object> state() {
    return Map.of("next", next);
  }

  @Override
  public void restore(Map<String, Object> state) {
    next = Snapshot.whole(state.get("next"));
  }

  /** Only where a combination can come twice is it worth looking. */
  private void learn(History history) {
    boolean twice =
        history.earlier() > 0
            || space.parameters().stream().anyMatch(parameter -> parameter.condition().isPresent());
    if (twice || next < history.created()) {
      var samples = history.samples();
      for (; known < samples.size(); known++) {
        seen.add(Arrays.toString(samples.get(known).place()));
      }
    }
  }

  private String key(Point point) {
    return Arrays.toString(space.place(point));
  }

  private Point point(long index) {
    var values = new LinkedHashMap<String, Value>();
    long rest = index;
    for (int i = order.length - 1; i >= 0; i--) {
      var axis = axes.get(order[i]);
      values.put(space.parameters().get(order[i]).name(), axis.get((int) (rest % axis.size())));
      rest /= axis.size();
    }
    return space.complete(new Point(values), new double[axes.size()]);
  }

  private static long combinations(List<List<Value>> axes) {
    long product = 1;
    for (var axis : axes) {
      if (Math.multiplyHigh(product, axis.size()) != 0 || product * axis.size() < 0) {
        return Long.MAX_VALUE;
      }
      product *= axis.size();
    }
    return product;
  }
}
