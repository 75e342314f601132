package ferry.backend;

import ferry.run.RunId;
import ferry.workflow.Workflow;
import java.time.Instant;

/**
 * A run that is to be: everything that was decided before it is handed to a backend.
 *
 * @param workflow with all parameters bound
 * @param backend the name of the backend that runs it
 * @param digest the content hash of what the client asked for; the same run id with another digest
 *     is refused
 */
public record Plan(
    RunId id,
    Workflow workflow,
    String backend,
    Place place,
    Origin origin,
    Code code,
    String digest,
    Instant submitted) {}
