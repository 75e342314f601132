package ferry.submission;

import ferry.experiment.Experiment;
import ferry.experiment.TrialLaunch;
import ferry.search.space.Point;
import ferry.search.space.Value;
import ferry.workflow.Step;
import ferry.workflow.StepVariables;
import ferry.workflow.Surroundings;
import ferry.workflow.Workflow;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workflow with the values of one trial in it. */
final class TrialWorkflow {
  private TrialWorkflow() {}

  /**
   * The workflow of a trial: {@code {lr}} is its value, and every step finds in {@code
   * FERRY_PARAMS} where all of them stand. A parameter that is not there is an empty text.
   */
  static Workflow of(Experiment experiment, TrialLaunch trial, Path params) {
    var workflow = experiment.template().workflow();
    var values = new LinkedHashMap<String, String>();
    var point = point(experiment, trial);
    for (var parameter : experiment.search().space().parameters()) {
      values.put(parameter.name(), "");
    }
    point.values().forEach((name, value) -> values.put(name, value.text()));
    var env = new LinkedHashMap<String, String>();
    env.put("FERRY_PARAMS", plain(params.toString()));
    if (Elsewhere.is(experiment.template())) {
      env.put(StepVariables.PARAMS_TEXT, plain(point.json()));
      trial.checkpoint().ifPresent(from -> env.put(StepVariables.CHECKPOINT_OF, from.value()));
    }
    env.put("FERRY_EXPERIMENT", trial.experiment().value());
    env.put("FERRY_TRIAL", Integer.toString(trial.number()));
    env.put("FERRY_SEED", Long.toString(trial.seed()));
    trial.length().ifPresent(units -> env.put("FERRY_LENGTH", Long.toString(units)));
    return new Workflow(
        workflow.name(),
        all(workflow.params(), values),
        with(workflow.steps(), env),
        with(workflow.finallySteps(), env),
        java.util.Optional.empty());
  }

  /** Its values, and how long it shall train where a parameter is to say so. */
  static Point point(Experiment experiment, TrialLaunch trial) {
    var name = experiment.search().lengthParameter();
    if (name.isEmpty() || trial.length().isEmpty()) {
      return trial.point();
    }
    var values = new LinkedHashMap<>(trial.point().values());
    values.put(name.get(), new Value.Whole(trial.length().getAsLong()));
    return new Point(values);
  }

  private static Map<String, String> all(Map<String, String> fixed, Map<String, String> values) {
    var all = new LinkedHashMap<>(fixed);
    all.putAll(values);
    return all;
  }

  private static List<Step> with(List<Step> steps, Map<String, String> env) {
    return steps.stream().map(step -> with(step, env)).toList();
  }

  private static Step with(Step step, Map<String, String> env) {
    var before = step.surroundings();
    var surroundings =
        new Surroundings(all(env, before.env()), before.secrets(), before.requirements());
    return step.but().surroundings(surroundings).build();
  }

  /** A text in which nothing is a placeholder. */
  private static String plain(String text) {
    return text.replaceAll("\\{([\\w.-]+)}", "{{$1}}");
  }
}
