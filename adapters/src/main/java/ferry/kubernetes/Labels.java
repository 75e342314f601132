package ferry.kubernetes;

import ferry.run.AttemptId;
import ferry.run.RunId;
import java.util.LinkedHashMap;
import java.util.Map;

/** How objects of ours are known. Labels find them; annotations hold names as users wrote them. */
public final class Labels {
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String FERRY = "ferry";
  public static final String RUN = "ferry.dev/run";
  public static final String STEP = "ferry.dev/step";
  public static final String ATTEMPT = "ferry.dev/attempt";

  /** Which home the object belongs to: several people's servers may share a namespace. */
  public static final String HOME = "ferry.dev/home";

  /** The experiment whose trials share something. */
  public static final String EXPERIMENT = "ferry.dev/experiment";

  /** What holds the code of runs, by its content hash. */
  public static final String CODE = "ferry.dev/code";

  private Labels() {}

  /** Labels of an object that a whole run has. */
  public static Map<String, String> of(String home, RunId run) {
    var labels = ours(home);
    labels.put(RUN, ObjectNames.label(run.value()));
    return labels;
  }

  /** Labels of an attempt's own objects. */
  public static Map<String, String> of(String home, AttemptId attempt) {
    var labels = of(home, attempt.run());
    labels.put(STEP, ObjectNames.label(attempt.stepRun()));
    labels.put(ATTEMPT, Integer.toString(attempt.number()));
    return labels;
  }

  /** Labels of everything that is ours. */
  public static Map<String, String> ours(String home) {
    var labels = new LinkedHashMap<String, String>();
    labels.put(MANAGED_BY, FERRY);
    labels.put(HOME, home);
    return labels;
  }

  /** The names in full. */
  public static Map<String, String> annotations(AttemptId attempt) {
    return Map.of(STEP, attempt.stepRun());
  }
}
