package ferry.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects as trees whose fields keep their order, so that the same plan reads the same. */
public final class ObjectTree {
  private ObjectTree() {}

  /** An object of two fields. */
  public static Map<String, Object> of(String first, Object one, String second, Object other) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put(first, one);
    fields.put(second, other);
    return fields;
  }
}
