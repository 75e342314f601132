package ferry.local;

import ferry.backend.GivenSecrets;
import ferry.backend.GivenSecrets.Wanted;
import ferry.backend.Plan;
import ferry.run.RunId;
import ferry.workflow.SecretTexts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The secrets of whole runs. A step may come by the secret of another, from a file or because it
 * lies in the environment: so all of a run's secrets are hidden in all of its steps. Safe for use
 * by several threads.
 */
final class RunSecrets {
  private static final int MOST = 256;

  private final SecretValues values;
  private final Map<RunId, Set<Wanted>> byRun = new LinkedHashMap<>(16, 0.75f, true);

  RunSecrets(SecretValues values) {
    this.values = values;
  }

  /** Every secret that some step of the run wants. */
  synchronized Set<Wanted> of(Plan plan) {
    var known = byRun.get(plan.id());
    if (known != null) {
      return known;
    }
    var wanted = GivenSecrets.wanted(plan);
    byRun.put(plan.id(), wanted);
    if (byRun.size() > MOST) {
      byRun.remove(byRun.keySet().iterator().next());
    }
    return wanted;
  }

  /**
   * What must not be seen of those that were given.
   *
   * @throws ferry.error.UserException where the file of secrets cannot be used
   */
  SecretTexts texts(Plan plan) {
    var wanted = of(plan);
    if (wanted.isEmpty()) {
      return SecretTexts.NONE;
    }
    var found = new LinkedHashMap<String, String>();
    for (var each : wanted) {
      values.find(plan.place(), each).ifPresent(value -> found.put(value, each.variable()));
    }
    return new SecretTexts(found);
  }
}
