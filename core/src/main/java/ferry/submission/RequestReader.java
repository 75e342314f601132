package ferry.submission;

import ferry.backend.Origin;
import ferry.error.CommandError;
import ferry.error.RequestError;
import ferry.run.RunState;
import ferry.workflow.Command;
import ferry.workflow.Names;
import ferry.workflow.OneLiner;
import ferry.workflow.ShellTemplate;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import ferry.workflow.WorkflowReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Understands what somebody asks to run, or says what is wrong with it. */
public final class RequestReader {
  private static final String FALLBACK = "run";

  private final WorkflowReader files;
  private final Surroundings surroundings;

  /** A reader for places where nothing else is set up. */
  public RequestReader(WorkflowReader files) {
    this(files, Surroundings.NONE);
  }

  /**
   * A reader.
   *
   * @param surroundings what a place has beside the text
   */
  public RequestReader(WorkflowReader files, Surroundings surroundings) {
    this.files = files;
    this.surroundings = surroundings;
  }

  /**
   * Reads a request; nothing has happened when it is refused.
   *
   * @throws ferry.error.UserException for anything that is wrong in it
   */
  public Reading read(RunRequest request) {
    var wishes = Wishes.read(request.wishes());
    var warnings = new ArrayList<String>();
    var read =
        switch (request.kind()) {
          case ONE_LINER -> plain(oneLiner(request));
          case EXEC -> plain(exec(request));
          case FILE -> file(request);
          case RERUN, SCHEDULE, TRIAL ->
              throw new RequestError.BadRequest("`kind` must be one-liner, file or exec", List.of())
                  .thrown();
        };
    var defined = read.workflow();
    warnings.addAll(read.warnings());
    Parameters.refuseNames(request.params().keySet());
    var given = request.params().keySet();
    warnings.addAll(
        request.kind() == Origin.Kind.FILE
            ? Parameters.unnamed(defined, request.text(), given)
            : Parameters.unused(defined, given));
    var workflow = wishes.in(defined.withParams(request.params()));
    Parameters.refuseTwins(workflow);
    RunState.of(workflow);
    var backend = request.backend().or(read::backend);
    var beside = surroundings.of(request.place(), request.kind(), read.format(), backend);
    warnings.addAll(beside.warnings());
    var setting = new HashMap<>(beside.setting());
    setting.putAll(read.setting());
    return new Reading(
        workflow, request.origin().with(warnings), warnings, request, backend, setting);
  }

  private static Workflow oneLiner(RunRequest request) {
    if (request.text().length() > WorkflowReader.LARGEST) {
      throw new CommandError.TooLong(request.text().length(), WorkflowReader.LARGEST).thrown();
    }
    var workflow = OneLiner.parse(name(request), request.text());
    var used = ShellTemplate.parse(request.text());
    used.check(Parameters.known(workflow, request.params().keySet(), used.placeholders()));
    EarlierValues.refuseOthers(workflow, used);
    return workflow;
  }

  private static WorkflowReader.Reading plain(Workflow workflow) {
    return new WorkflowReader.Reading(workflow, "", List.of());
  }

  private WorkflowReader.Reading file(RunRequest request) {
    var read =
        files.read(
            request.file().orElse("ferry.yaml"),
            request.place().directory(),
            request.text(),
            request.params());
    return request
        .name()
        .map(name ->
            new WorkflowReader.Reading(
                renamed(read.workflow(), name),
                read.format(),
                read.warnings(),
                read.backend(),
                read.setting()))
        .orElse(read);
  }

  private static Workflow exec(RunRequest request) {
    if (request.argv().isEmpty() || request.argv().getFirst().isEmpty()) {
      throw new CommandError.EmptyCommand().thrown();
    }
    var program = request.argv().getFirst();
    var last = program.substring(program.lastIndexOf('/') + 1);
    var step = Names.from(last, "step");
    return Workflow.of(name(request), Step.named(step, new Command.Exec(request.argv())).build());
  }

  /** The name given, else that of the directory: a project's runs stand together. */
  private static String name(RunRequest request) {
    return request.name().orElseGet(() -> fromDirectory(request.place().directory()));
  }

  private static String fromDirectory(String directory) {
    var parts = directory.split("/");
    return Names.from(parts.length == 0 ? "" : parts[parts.length - 1], FALLBACK);
  }

  private static Workflow renamed(Workflow workflow, String name) {
    return new Workflow(
        name, workflow.params(), workflow.steps(), workflow.finallySteps(), workflow.schedule());
  }
}
