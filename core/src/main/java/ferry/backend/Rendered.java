package ferry.backend;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One object that a backend would create, as a tree of maps, lists and scalars, for showing as YAML
 * or JSON.
 */
public record Rendered(Map<String, Object> tree) {
  public Rendered {
    tree = Collections.unmodifiableMap(new LinkedHashMap<>(tree));
  }
}
