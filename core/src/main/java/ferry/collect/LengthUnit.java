package ferry.collect;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What the length of a training is counted in: epochs, steps, or a metric of the user's own. */
public final class LengthUnit {
  private static final String EPOCH = "epoch";
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("epoch", EPOCH),
          Map.entry("epochs", EPOCH),
          Map.entry("step", "step"),
          Map.entry("steps", "step"),
          Map.entry("global_step", "step"),
          Map.entry("global_steps", "step"),
          Map.entry("batch", "batch"),
          Map.entry("batches", "batch"),
          Map.entry("iteration", "iteration"),
          Map.entry("iterations", "iteration"),
          Map.entry("iter", "iteration"),
          Map.entry("iters", "iteration"),
          Map.entry("round", "round"),
          Map.entry("rounds", "round"));

  private final Optional<String> name;

  /**
   * @param name as the user gave it; empty where the first place that a line names counts
   */
  public LengthUnit(Optional<String> name) {
    this.name = name;
  }

  /** Whether a user named one. */
  boolean isNamed() {
    return name.isPresent();
  }

  /** Whether a metric of that name tells the length. */
  public boolean isToldBy(String key) {
    return name.filter(own -> own.equals(key) || isSameWord(own, key)).isPresent();
  }

  private static boolean isSameWord(String one, String other) {
    var word = word(one);
    return word.isPresent() && word.equals(word(other));
  }

  private static Optional<String> word(String name) {
    return Optional.ofNullable(WORDS.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * How long a training is at a place; nothing where the place does not name this unit. An epoch
   * that is trained in part counts so.
   */
  public OptionalDouble of(Place place) {
    var counted = counted(place);
    if (counted.isEmpty()) {
      return OptionalDouble.empty();
    }
    double missing = isEpochs(place) ? 1 - place.part().orElse(1) : 0;
    return OptionalDouble.of(counted.getAsLong() - missing);
  }

  /** The number of the epoch or step, as the place names it. */
  public OptionalLong counted(Place place) {
    if (name.isEmpty()) {
      return place.said();
    }
    var word = name.flatMap(LengthUnit::word);
    if (word.isEmpty()) {
      return OptionalLong.empty();
    }
    return word.get().equals(EPOCH) ? place.epoch() : place.step();
  }

  private boolean isEpochs(Place place) {
    return name.isEmpty()
        ? place.epoch().isPresent()
        : name.flatMap(LengthUnit::word).filter(EPOCH::equals).isPresent();
  }
}
