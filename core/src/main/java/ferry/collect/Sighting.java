package ferry.collect;

import java.util.OptionalLong;

/**
 * A metric as it was seen.
 *
 * @param key its name as printed, like {@code val_loss} or {@code Test accuracy}
 * @param value NaN and infinities included
 * @param step the epoch, step or iteration that it is tracked at, where something said so
 * @param place how much of the training lies behind it, by unit
 */
public record Sighting(String key, double value, OptionalLong step, Place place) {

  /** At a step of which nobody says whether it is an epoch. */
  public Sighting(String key, double value, OptionalLong step) {
    this(key, value, step, Place.ofAny(step));
  }

  static Sighting of(String key, double value) {
    return new Sighting(key, value, OptionalLong.empty());
  }

  static Sighting at(long step, String key, double value) {
    return new Sighting(key, value, OptionalLong.of(step));
  }

  /** In an epoch. */
  static Sighting in(OptionalLong epoch, String key, double value) {
    return new Sighting(key, value, epoch, Place.ofEpoch(epoch));
  }

  /** The same, in another place. */
  Sighting at(OptionalLong tracked, Place other) {
    return new Sighting(key, value, tracked, other);
  }

  /** The same, with the user's own measure of length. */
  Sighting measured(double length) {
    return new Sighting(key, value, step, place.measured(length));
  }
}
