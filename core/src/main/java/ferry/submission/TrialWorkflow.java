package ferry.submission;

import ferry.experiment.Experiment;
import ferry.experiment.TrialLaunch;
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
    for (var parameter : experiment.search().space().parameters()) {
      var name = parameter.name();
      values.put(name, trial.point().get(name).map(Value::text).orElse(""));
    }
    var env = new LinkedHashMap<String, String>();
    env.put("FERRY_PARAMS", plain(params.toString()));
    if (Elsewhere.is(experiment.template())) {
      env.put(StepVariables.PARAMS_TEXT, plain(trial.point().json()));
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
