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
import java.util.Set;

/**
 * What one attempt is to do, with every placeholder filled in.
 *
 * @param variables environment variables beyond those of the place where the run was typed
 * @param secrets environment variables whose values the launcher fetches and masks
 * @param requirements a requirements file, relative to the working directory
 * @param after names of step runs of the same run that must succeed before it starts
 */
public record AttemptSpec(
    AttemptId id,
    Command command,
    Map<String, String> variables,
    Map<String, SecretRef> secrets,
    Resources resources,
    Optional<Duration> timeout,
    Optional<String> requirements,
    StepFiles files,
    Set<String> after) {

  public AttemptSpec {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
    after = Set.copyOf(after);
  }

  /** An attempt that waits for nothing. */
  public AttemptSpec(
      AttemptId id,
      Command command,
      Map<String, String> variables,
      Map<String, SecretRef> secrets,
      Resources resources,
      Optional<Duration> timeout,
      Optional<String> requirements,
      StepFiles files) {
    this(id, command, variables, secrets, resources, timeout, requirements, files, Set.of());
  }

  /** The same, to start after those. */
  AttemptSpec after(Set<String> stepRuns) {
    return new AttemptSpec(
        id, command, variables, secrets, resources, timeout, requirements, files, stepRuns);
  }
}
