package ferry.registry;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Something that was done with a model.
 *
 * @param who a user, or the step that did it
 * @param what one or two words, like {@code promoted}
 * @param details what else there is to say: the alias, the rule and its numbers, the reason
 */
public record ModelEvent(
    String model,
    OptionalInt version,
    Instant at,
    String who,
    String what,
    Map<String, String> details) {
  public ModelEvent {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }
}
