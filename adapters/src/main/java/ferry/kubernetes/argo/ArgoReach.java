package ferry.kubernetes.argo;

import ferry.backend.Plan;
import ferry.engine.Outline;
import ferry.kubernetes.Labels;
import ferry.kubernetes.ObjectNames;
import ferry.kubernetes.OwnSecret;
import ferry.kubernetes.Reach;
import ferry.workflow.SecretRef;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the steps of a Workflow reach the server, where they can. Their tries are counted by Argo, so
 * one Secret has, by task, what the tokens of all of its tries begin with; a try adds its number.
 */
final class ArgoReach {
  private final Reach reach;
  private final Plan plan;
  private final String name;

  /**
   * A way for a run's newest Workflow.
   *
   * @param retried how often the run was retried
   */
  ArgoReach(Reach reach, Plan plan, int retried) {
    this.reach = reach;
    this.plan = plan;
    this.name = secret(plan, retried);
  }

  /** The Secret's name. */
  static String secret(Plan plan, int retried) {
    return ObjectNames.of(plan.id(), retried == 0 ? "tokens" : "tokens-" + retried);
  }

  /** The task with what its step needs to reach the server. */
  Task given(Task task) {
    var outline = task.outline();
    var spec = reach.given(plan, outline.spec(), new SecretRef(name, task.name()));
    return task.with(new Outline(spec, outline.awaited()));
  }

  /** The Secret with the tokens of all tasks; none where steps do not reach the server. */
  Optional<Secret> tokens(Tasks tasks, String home, String namespace) {
    var tokens = new TreeMap<String, String>();
    for (var task : tasks.all()) {
      var stepRun = task.stepRun().name() + (task.list().isPresent() ? "[*]" : "");
      reach.tokenOfTries(plan.id(), stepRun).ifPresent(token -> tokens.put(task.name(), token));
    }
    return tokens.isEmpty()
        ? Optional.empty()
        : Optional.of(OwnSecret.of(name, namespace, Labels.of(home, plan.id()), tokens));
  }
}
