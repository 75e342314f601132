package ferry.tracking;

import ferry.run.AttemptId;
import ferry.run.RunId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How the commands of a step reach the server while they run. */
@FunctionalInterface
public interface StepAccess {

  /** Marks a token of a step: what begins so was given by Ferry. */
  String TOKEN_PREFIX = "ferry-step.";

  /** No way at all. */
  StepAccess NONE = (_, _) -> Map.of();

  /**
   * Environment variables with the address and a token of this attempt; empty where there is none.
   */
  Map<String, String> variables(AttemptId attempt, String workflow);

  /**
   * What the tokens of all attempts of a step run begin with, for places that count attempts by
   * themselves; empty where steps have none. The token of an attempt is this, a dot and its number;
   * of a step run {@code step[a]} that was not known by name, behind {@code step[*]}'s also a dot
   * and its name in base64url without padding.
   */
  default Optional<String> tokenOfTries(RunId run, String stepRun) {
    return Optional.empty();
  }

  /** Where steps find the server; empty where they do not. */
  default Optional<String> address() {
    return Optional.empty();
  }

  /**
   * Those of the variables that an attempt gets beside its own: whoever logs to an MLflow server of
   * their own goes on doing so.
   *
   * @param own the environment that was typed, with what the step sets itself
   */
  default Map<String, String> besides(Map<String, String> own, AttemptId attempt, String workflow) {
    boolean logsElsewhere =
        own.containsKey("MLFLOW_TRACKING_URI")
            && !own.getOrDefault("MLFLOW_TRACKING_TOKEN", "").startsWith("ferry-");
    var variables = new LinkedHashMap<>(variables(attempt, workflow));
    if (logsElsewhere) {
      variables.keySet().removeIf(name -> name.startsWith("MLFLOW_"));
    }
    if (own.containsKey("MLFLOW_EXPERIMENT_ID") || own.containsKey("MLFLOW_EXPERIMENT_NAME")) {
      variables.remove("MLFLOW_EXPERIMENT_NAME");
    }
    return variables;
  }
}
