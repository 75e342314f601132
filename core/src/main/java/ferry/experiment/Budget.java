package ferry.experiment;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a search may cost beside trials and failures; when one is used up, the search ends.
 *
 * @param time from its beginning on
 * @param units of training, over all trials
 */
public record Budget(Optional<Duration> time, OptionalLong units) {
  public static final Budget NONE = new Budget(Optional.empty(), OptionalLong.empty());
}
