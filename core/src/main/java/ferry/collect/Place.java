package ferry.collect;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Where in its training a program is, by each unit that it names.
 *
 * @param measured the user's own measure of length, where it was told for the same step
 * @param said what counts where no unit is asked for: the epoch where a line names one, else the
 *     step
 * @param epoch in this line, else in the last that named one
 * @param step in this line, else in the last that named one and no newer epoch; counted through all
 *     epochs where their size is said
 * @param part how much of the epoch is trained, 0 to 1, where that is said
 */
public record Place(
    OptionalDouble measured,
    OptionalLong said,
    OptionalLong epoch,
    OptionalLong step,
    OptionalDouble part) {
  static final Place NOWHERE = ofAny(OptionalLong.empty());

  /** A number whose unit nobody says: it counts for whichever is asked for. */
  static Place ofAny(OptionalLong at) {
    return new Place(OptionalDouble.empty(), at, at, at, OptionalDouble.empty());
  }

  /** The epoch counts before the step, in whatever order they stand. */
  static Place of(OptionalLong epoch, OptionalLong step) {
    var said = epoch.isPresent() ? epoch : step;
    return new Place(OptionalDouble.empty(), said, epoch, step, OptionalDouble.empty());
  }

  static Place ofEpoch(OptionalLong epoch) {
    return of(epoch, OptionalLong.empty());
  }

  /** The same, with the user's own measure. */
  Place measured(double length) {
    return new Place(OptionalDouble.of(length), said, epoch, step, part);
  }

  /** The same, where so much of the epoch is trained. */
  Place inPart(OptionalDouble trained) {
    return new Place(measured, said, epoch, step, trained);
  }
}
