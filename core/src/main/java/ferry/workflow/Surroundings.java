package ferry.workflow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a step's command finds around it, beyond what the place where it was typed gives.
 *
 * @param env variables; their values may hold placeholders
 * @param secrets variables whose values come from a secret
 * @param requirements a requirements file, relative to the working directory: the step runs in a
 *     Python environment of it
 */
public record Surroundings(
    Map<String, String> env, Map<String, SecretRef> secrets, Optional<String> requirements) {
  public static final Surroundings NONE = new Surroundings(Map.of(), Map.of(), Optional.empty());

  public Surroundings {
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
  }
}
