package ferry.backend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a failed attempt must not have printed to be tried again, in the setting of its plan. */
public final class LogPolicies {
  private static final String KEY = "no_retry_patterns";
  private static final String BETWEEN = "\n";

  private LogPolicies() {}

  /** A setting by which no attempt follows one whose log has a line that one of these finds. */
  public static Map<String, String> noRetry(Map<String, String> setting, List<String> patterns) {
    var all = new LinkedHashMap<>(setting);
    if (!patterns.isEmpty()) {
      all.put(KEY, String.join(BETWEEN, patterns));
    }
    return all;
  }

  /** Regular expressions, each in one line. */
  public static List<String> noRetry(Plan plan) {
    var text = plan.setting().getOrDefault(KEY, "");
    return text.isEmpty() ? List.of() : List.of(text.split(BETWEEN));
  }
}
