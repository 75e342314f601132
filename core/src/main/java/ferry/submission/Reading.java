package ferry.submission;

import ferry.backend.Origin;
import ferry.workflow.Workflow;
import java.util.List;

/**
 * A request as it was understood.
 *
 * @param workflow with its parameters bound and every wish in it
 * @param warnings what a person should know about the text or the parameters
 */
public record Reading(Workflow workflow, Origin origin, List<String> warnings, RunRequest request) {
  public Reading {
    warnings = List.copyOf(warnings);
  }
}
