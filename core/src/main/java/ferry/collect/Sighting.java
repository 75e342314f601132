package ferry.collect;

import java.util.OptionalLong;

/**
 * A metric as it was seen.
 *
 * @param key its name as printed, like {@code val_loss} or {@code Test accuracy}
 * @param value NaN and infinities included
 * @param step the epoch, step or iteration that it belongs to, where something said so
 */
public record Sighting(String key, double value, OptionalLong step) {

  static Sighting of(String key, double value) {
    return new Sighting(key, value, OptionalLong.empty());
  }

  static Sighting at(long step, String key, double value) {
    return new Sighting(key, value, OptionalLong.of(step));
  }

  /** The same, at a step where it has none of its own. */
  Sighting orAt(OptionalLong other) {
    return step.isPresent() || other.isEmpty() ? this : new Sighting(key, value, other);
  }
}
