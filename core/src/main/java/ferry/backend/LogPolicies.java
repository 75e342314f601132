package ferry.backend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a failed attempt must not have printed to be tried again: what the setting of its plan
 * names, and that its parameters are invalid.
 */
public final class LogPolicies {
  private static final String KEY = "no_retry_patterns";
  private static final String BETWEEN = "\n";

  /** How a line begins by which the script of a trial says that its parameters cannot work. */
  private static final String INVALID = "ferry-invalid:";

  private static final String CANNOT_WORK = "its parameters cannot work";

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

  /** The line by which a trial says that its parameters cannot work; none for other runs. */
  public static List<String> invalid(Plan plan) {
    return plan.origin().kind() == Origin.Kind.TRIAL ? List.of("^" + INVALID) : List.of();
  }

  /** Why an attempt failed that printed such a line. */
  public static String reason(String line) {
    var why = line.substring(INVALID.length()).strip();
    return why.isEmpty() ? CANNOT_WORK : CANNOT_WORK + ": " + why;
  }

  /** Whether an attempt failed since its parameters cannot work. */
  public static boolean isInvalid(String reason) {
    return reason.startsWith(CANNOT_WORK);
  }
}
