package ferry.engine;

import ferry.run.AttemptId;
import ferry.workflow.Command;
import ferry.workflow.Resources;
import ferry.workflow.SecretRef;
import ferry.workflow.StepFiles;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one attempt is to do, with every placeholder filled in.
 *
 * @param variables environment variables beyond those of the place where the run was typed
 * @param secrets environment variables whose values the launcher fetches and masks
 * @param requirements a requirements file, relative to the working directory
 */
public record AttemptSpec(
    AttemptId id,
    Command command,
    Map<String, String> variables,
    Map<String, SecretRef> secrets,
    Resources resources,
    Optional<Duration> timeout,
    Optional<String> requirements,
    StepFiles files) {

  public AttemptSpec {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
  }
}
