package ferry.search;

import ferry.search.chance.Stream;
import ferry.search.space.Choice;
import ferry.search.space.Constant;
import ferry.search.space.Domain;
import ferry.search.space.IntRange;
import ferry.search.space.Point;
import ferry.search.space.Power;
import ferry.search.space.Range;
import ferry.search.space.Space;
import ferry.search.space.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which points of a finite space nobody has tried, neither this search nor an earlier one whose
 * results it begins with. In a space that is a continuum, in part or in whole, all are untried.
 * What was asked before is remembered, so one of these belongs to one search.
 */
final class Untried {
  /** With more combinations than this they are not listed: one is looked for by chance. */
  static final int MOST_LISTED = 10_000;

  private static final int TRIES = 256;

  private final Space space;
  private final boolean isFinite;
  private final Set<List<Double>> tried = new HashSet<>();
  private List<double[]> listed = List.of();
  private int seen;

  Untried(Space space) {
    this.space = space;
    isFinite = space.size().isPresent();
  }

  /** Whether there are only so many points at all. */
  boolean isFinite() {
    return isFinite;
  }

  /** Whether the point at a place was tried; never where the space is a continuum. */
  boolean isTried(History history, double[] place) {
    return isFinite && isTried(history, space.at(place));
  }

  boolean isTried(History history, Point point) {
    if (!isFinite) {
      return false;
    }
    var samples = history.samples();
    for (; seen < samples.size(); seen++) {
      tried.add(key(samples.get(seen).place()));
    }
    return tried.contains(key(space.place(point)));
  }

  /** All untried places, in the order of the grid; empty where there are more than so many. */
  List<double[]> all(History history, int most) {
    if (!isFinite || space.size().getAsLong() > Math.min(most, MOST_LISTED)) {
      return List.of();
    }
    list();
    return listed.stream().filter(place -> !isTried(history, place)).toList();
  }

  /**
   * The untried place nearest to one, the first of those that are equally near. Where there are too
   * many combinations to list, one that is found near by, ever farther away.
   *
   * @return the same place where all were tried, or none was found
   */
  double[] near(History history, double[] wanted, Stream stream) {
    if (!isFinite || !isTried(history, wanted)) {
      return wanted;
    }
    return space.size().getAsLong() > MOST_LISTED
        ? found(history, wanted, stream)
        : nearest(all(history, MOST_LISTED), space.place(space.at(wanted)), wanted);
  }

  private double[] nearest(List<double[]> places, double[] to, double[] otherwise) {
    var nearest = otherwise;
    double least = Double.POSITIVE_INFINITY;
    for (var place : places) {
      double distance = 0;
      for (int j = 0; j < place.length && distance < least; j++) {
        distance += distance(j, place[j], to[j]);
      }
      if (distance < least) {
        least = distance;
        nearest = place;
      }
    }
    return nearest;
  }

  /** Values without an order are as far from each other as the ends of a range. */
  private double distance(int j, double a, double b) {
    boolean same = Double.compare(a, b) == 0;
    boolean unordered = space.parameters().get(j).domain() instanceof Choice;
    return same ? 0 : unordered || Double.isNaN(a - b) ? 1 : (a - b) * (a - b);
  }

  private double[] found(History history, double[] wanted, Stream stream) {
    var place = new double[wanted.length];
    for (int i = 1; i <= TRIES; i++) {
      double width = (double) i / TRIES;
      for (int j = 0; j < place.length; j++) {
        double x = Double.isNaN(wanted[j]) ? stream.uniform() : wanted[j];
        place[j] = Math.clamp(x + width * (2 * stream.uniform() - 1), 0, 1);
      }
      if (!isTried(history, place)) {
        return place;
      }
    }
    return wanted;
  }

  /** Combinations that differ only in parameters that are not there are one. */
  private void list() {
    if (!listed.isEmpty()) {
      return;
    }
    var axes = space.parameters().stream().map(parameter -> values(parameter.domain())).toList();
    var known = new HashSet<List<Double>>();
    var places = new ArrayList<double[]>();
    for (long index = 0; index < space.size().getAsLong(); index++) {
      var place = space.place(point(axes, index));
      if (known.add(key(place))) {
        places.add(place);
      }
    }
    listed = places;
  }

  private Point point(List<List<Value>> axes, long index) {
    var values = new LinkedHashMap<String, Value>();
    long rest = index;
    for (int i = axes.size() - 1; i >= 0; i--) {
      var axis = axes.get(i);
      values.put(space.parameters().get(i).name(), axis.get((int) (rest % axis.size())));
      rest /= axis.size();
    }
    return space.complete(new Point(values), new double[axes.size()]);
  }

  /** Every value, also of what a grid would only visit some of. */
  private static List<Value> values(Domain domain) {
    var all = OptionalInt.empty();
    return switch (domain) {
      case Choice choice -> choice.values();
      case Constant constant -> List.of(constant.value());
      case Power power -> List.of(power.at(0.5));
      case IntRange range ->
          new IntRange(range.min(), range.max(), range.log(), range.step(), all).grid();
      case Range range ->
          new Range(range.min(), range.max(), range.scale(), range.step(), all).grid();
    };
  }

  private static List<Double> key(double[] place) {
    return Arrays.stream(place).boxed().toList();
  }
}
