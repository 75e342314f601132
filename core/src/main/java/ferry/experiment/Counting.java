package ferry.experiment;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which steps of a trial count their epochs from zero. The first report of a step tells it for all
 * that follow, those after a restart from a checkpoint and those of copies too.
 */
final class Counting {
  private final Map<String, Boolean> fromZero;

  Counting() {
    fromZero = new HashMap<>();
  }

  /** One that goes on from another's checkpoint counts as that one. */
  Counting(Counting other) {
    fromZero = new HashMap<>(other.fromZero);
  }

  /** A report of that log is on record. */
  void counts(String source, boolean isFromZero) {
    fromZero.putIfAbsent(step(source), isFromZero);
  }

  /**
   * Whether a log counts from zero.
   *
   * @param place of the report that is to come, as the log has it
   */
  boolean isFromZero(String source, OptionalLong place) {
    return fromZero.getOrDefault(step(source), place.orElse(1) == 0);
  }

  /** What an attempt's log and those of later attempts have in common. */
  private static String step(String source) {
    int end = source.indexOf('/');
    return end < 0 ? source : source.substring(0, end);
  }
}
