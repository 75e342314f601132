package ferry.submission;

import ferry.backend.Origin;
import ferry.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it was understood.
 *
 * @param workflow with its parameters bound and every wish in it
 * @param warnings what a person should know about the text or the parameters
 * @param backend the place to run that was asked for, or that the text is for
 * @param setting what the text says that its place alone has to know
 */
public record Reading(
    Workflow workflow,
    Origin origin,
    List<String> warnings,
    RunRequest request,
    Optional<String> backend,
    Map<String, String> setting) {
  public Reading {
    warnings = List.copyOf(warnings);
    setting = Map.copyOf(setting);
  }

  /** A request that may run anywhere. */
  public Reading(Workflow workflow, Origin origin, List<String> warnings, RunRequest request) {
    this(workflow, origin, warnings, request, request.backend(), Map.of());
  }
}
