package ferry.backend;

import ferry.run.RunId;
import ferry.workflow.Workflow;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run that is to be: everything that was decided before it is handed to a backend.
 *
 * @param workflow with all parameters bound
 * @param backend the name of the backend that runs it
 * @param digest the content hash of what the client asked for; the same run id with another digest
 *     is refused
 * @param setting what this backend alone has to know: at first what was asked of it, such as an
 *     image, and once it has accepted the run all that must stay the same until the run has ended.
 *     Never a secret
 */
public record Plan(
    RunId id,
    Workflow workflow,
    String backend,
    Place place,
    Origin origin,
    Code code,
    String digest,
    Instant submitted,
    Map<String, String> setting) {

  public Plan {
    setting = Collections.unmodifiableMap(new LinkedHashMap<>(setting));
  }

  /** A plan for a backend of which nothing is asked. */
  public Plan(
      RunId id,
      Workflow workflow,
      String backend,
      Place place,
      Origin origin,
      Code code,
      String digest,
      Instant submitted) {
    this(id, workflow, backend, place, origin, code, digest, submitted, Map.of());
  }

  public Plan withCode(Code kept) {
    return new Plan(id, workflow, backend, place, origin, kept, digest, submitted, setting);
  }

  public Plan withSetting(Map<String, String> fixed) {
    return new Plan(id, workflow, backend, place, origin, code, digest, submitted, fixed);
  }
}
