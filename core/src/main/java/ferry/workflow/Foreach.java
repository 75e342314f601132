package ferry.workflow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The variables over which a step is repeated, in the order written; several make every
 * combination, the last fastest.
 */
public record Foreach(SequencedMap<String, Items> variables) {

  /** The values of one variable. */
  public sealed interface Items {
    /** Values written in the definition. */
    record Listed(List<String> values) implements Items {
      public Listed {
        values = List.copyOf(values);
      }
    }

    /** A JSON list that an earlier step put out as {@code value}. */
    record FromStep(String step, String value) implements Items {}
  }

  public Foreach {
    variables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
    if (variables.isEmpty()) {
      throw new IllegalArgumentException("foreach needs a variable");
    }
  }

  /** Over one variable and values that are known. */
  public static Foreach of(String variable, String... values) {
    return new Foreach(new LinkedHashMap<>(Map.of(variable, new Items.Listed(List.of(values)))));
  }

  /** Whether all values are known before the run starts. */
  public boolean isStatic() {
    return variables.values().stream().allMatch(Items.Listed.class::isInstance);
  }
}
