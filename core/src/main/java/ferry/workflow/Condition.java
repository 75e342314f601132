package ferry.workflow;

import java.util.*;
import java.util.function.*;

public record Condition(String source) {
  public boolean holds(Function<String, Optional<String>> v) {
    return v.apply(source).isPresent();
  }
}
