package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Hides the secret values that came with the command where a step prints them. */
public final class Mask {
  private static final int SHORTEST = 4;

  private final List<String> values = new ArrayList<>();

  public Mask(Plan plan, AttemptSpec attempt) {
    var wanted = attempt.secrets().keySet();
    wanted.forEach(name ->
        plan.place()
            .variable(name)
            .filter(value -> value.length() >= SHORTEST)
            .ifPresent(values::add));
    values.sort(Comparator.comparingInt(String::length).reversed());
  }

  public byte[] hide(byte[] line) {
    if (values.isEmpty()) {
      return line;
    }
    // Bytes stay what they are in this character set, whatever they mean.
    var text = new String(line, StandardCharsets.ISO_8859_1);
    for (var value : values) {
      var bytes = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      text = text.replace(bytes, "***");
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
