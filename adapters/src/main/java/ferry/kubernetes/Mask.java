package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.error.OutputError;
import ferry.workflow.SecretTexts;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Hides the secret values that came with the command where any step of the run prints them: a step
 * may come by the secret of another. What lies in Secrets of the cluster is not known here.
 */
public final class Mask {
  private final boolean isIdle;
  private final SecretTexts texts;

  /** A mask for a run's secrets. */
  public Mask(Plan plan) {
    this(RunInCluster.given(plan));
  }

  /**
   * A mask for some values.
   *
   * @param given values by their variable
   */
  Mask(Map<String, String> given) {
    var inBytes = new LinkedHashMap<String, String>();
    given.forEach((name, value) -> inBytes.put(bytes(value), name));
    isIdle = given.isEmpty();
    texts = new SecretTexts(inBytes);
  }

  /** Bytes stay what they are in this character set, whatever they mean. */
  private static String bytes(String value) {
    return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** What of a step's values holds one of them, if any does. */
  Optional<OutputError> in(Map<String, String> values) {
    for (var each : values.entrySet()) {
      var inValue = texts.in(bytes(each.getValue()));
      var found = inValue.or(() -> texts.in(bytes(each.getKey())));
      if (found.isPresent()) {
        var name = Optional.of(each.getKey()).filter(_ -> inValue.isPresent());
        return Optional.of(new OutputError.HoldsSecret(name, found.get().variable()));
      }
    }
    return Optional.empty();
  }

  public byte[] hide(byte[] line) {
    return isIdle
        ? line
        : texts
            .masked(new String(line, StandardCharsets.ISO_8859_1))
            .getBytes(StandardCharsets.ISO_8859_1);
  }
}
