package ferry.backend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Words by which people find an experiment again, in the setting of its plan. */
public final class Labels {
  private static final String KEY = "labels";
  private static final String BETWEEN = "\n";

  private Labels() {}

  /** A setting with these labels, each in one line. */
  public static Map<String, String> put(Map<String, String> setting, List<String> labels) {
    var all = new LinkedHashMap<>(setting);
    if (!labels.isEmpty()) {
      all.put(KEY, String.join(BETWEEN, labels));
    }
    return all;
  }

  /** The labels of a plan, in the order given. */
  public static List<String> of(Plan plan) {
    var text = plan.setting().getOrDefault(KEY, "");
    return text.isEmpty() ? List.of() : List.of(text.split(BETWEEN));
  }
}
