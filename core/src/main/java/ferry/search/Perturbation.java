package ferry.search;

import ferry.search.chance.Chance;
import ferry.search.space.Choice;
import ferry.search.space.Constant;
import ferry.search.space.Domain;
import ferry.search.space.IntRange;
import ferry.search.space.Point;
import ferry.search.space.Power;
import ferry.search.space.Range;
import ferry.search.space.Space;
import ferry.search.space.Value;
import java.util.LinkedHashMap;

/**
 * How population based training changes a value a little: by a share of it, up or down, and within
 * its range.
 *
 * @param share of the value, 0 to 1
 * @param isKatibs whether whole numbers are cut and choices move on to their neighbour, as Katib
 *     does; else whole numbers round away from where they were and choices stay, as Determined's do
 */
record Perturbation(double share, boolean isKatibs) {

  /**
   * A point near another: each value drawn anew, or a little smaller or greater. Where Katib has a
   * chance of drawing anew, it leaves the other values as they were.
   *
   * @param resample the chance of each value to be drawn anew, 0 to 1; negative for none given
   */
  Point near(Space space, Point parent, double resample, Chance chance) {
    boolean stays = isKatibs && resample >= 0;
    var place = new double[space.dimension()];
    var values = new LinkedHashMap<String, Value>();
    for (int i = 0; i < place.length; i++) {
      var parameter = space.parameters().get(i);
      boolean anew = chance.uniform() < resample;
      boolean down = chance.uniform() < 0.5;
      place[i] = chance.uniform();
      var old = parent.get(parameter.name());
      if (!anew && old.isPresent()) {
        var value = old.get();
        values.put(parameter.name(), stays ? value : of(parameter.domain(), value, down));
      }
    }
    return space.complete(new Point(values), place);
  }

  private Value of(Domain domain, Value value, boolean down) {
    double factor = down ? 1 - share : 1 + share;
    return switch (domain) {
      case IntRange range when value instanceof Value.Whole(long whole) ->
          near(range, whole((double) whole * factor, down));
      case Range range when value instanceof Value.Real(double real) ->
          range.at(range.unit(within(range, real * factor)));
      case Power power when value instanceof Value.Real(double real) ->
          new Value.Real(Math.clamp(real * factor, least(power), most(power)));
      case Choice choice when isKatibs -> neighbour(choice, value, down);
      case IntRange _, Range _, Power _, Choice _, Constant _ -> value;
    };
  }

  private double whole(double number, boolean down) {
    if (isKatibs) {
      return number < 0 ? Math.ceil(number) : Math.floor(number);
    }
    return down ? Math.floor(number) : Math.ceil(number);
  }

  private static Value neighbour(Choice choice, Value value, boolean down) {
    int at = choice.values().indexOf(value);
    int next = Math.floorMod(at + (down ? -1 : 1), choice.values().size());
    return at < 0 ? value : choice.values().get(next);
  }

  /** On a step where the range has one. */
  private static Value within(Range range, double number) {
    double inside = Math.clamp(number, range.min(), range.max());
    if (range.step().isEmpty()) {
      return new Value.Real(inside);
    }
    double step = range.step().getAsDouble();
    double steps = Math.rint((inside - range.min()) / step);
    double on = range.min() + steps * step;
    return new Value.Real(on > range.max() ? on - step : on);
  }

  private static Value near(IntRange range, double number) {
    long cells = (range.max() - range.min()) / range.step();
    double steps = Math.rint((number - (double) range.min()) / (double) range.step());
    return new Value.Whole(range.min() + Math.clamp((long) steps, 0L, cells) * range.step());
  }

  private static double least(Power power) {
    return Math.min(end(power, 0), end(power, 1));
  }

  private static double most(Power power) {
    return Math.max(end(power, 0), end(power, 1));
  }

  private static double end(Power power, double unit) {
    return power.at(unit) instanceof Value.Real(double real) ? real : Double.NaN;
  }
}
