package ferry.error;

import java.util.List;
import java.util.Optional;

/** A request that names something that is not there, or asks for what cannot be done to it now. */
public sealed interface RequestError extends UserError {

  record NotFound(String what, String name, Optional<String> nearest, List<String> known)
      implements RequestError {
    private static final int MOST = 8;

    public NotFound {
      known = List.copyOf(known);
    }

    /** One of so many, or of so unknown ones, that they are not told. */
    public NotFound(String what, String name, Optional<String> nearest) {
      this(what, name, nearest, List.of());
    }

    @Override
    public String message() {
      return "there is no " + what + " `" + name + "`";
    }

    @Override
    public List<String> help() {
      return List.of(nearest.map(near -> "did you mean `" + near + "`?").orElse(where()));
    }

    /** Where the names of such things are told. */
    private String where() {
      if (!known.isEmpty()) {
        var names = String.join("`, `", known.subList(0, Math.min(MOST, known.size())));
        return "there is `" + names + "`" + (known.size() > MOST ? ", …" : "");
      }
      return switch (what) {
        case "run" -> "`ferry runs` lists the runs";
        case "schedule" -> "`ferry schedules` lists them";
        case "experiment" -> "`ferry experiments` lists them";
        case "trial" -> "`ferry trials EXPERIMENT` lists them";
        case "model" -> "`ferry models` lists them";
        case "version" -> "`ferry models MODEL` lists the versions of a model";
        case "logged model" -> "MLflow's `search_logged_models` lists them";
        case "tracked run" -> "`ferry runs` lists the runs, `ferry show RUN` the steps of one";
        case "MLflow experiment", "active experiment", "deleted experiment" ->
            "MLflow's `search_experiments` lists them";
        case "tag" -> "no tag was set there";
        case "upload" ->
            "an upload is known until it is aborted, or for a day after its last part; begin it"
                + " anew";
        case "attempt" -> "`ferry show RUN` lists the attempts of each step";
        default -> "`ferry show RUN` shows what there is";
      };
    }

    @Override
    public int exitCode() {
      return 3;
    }
  }

  /** The name of a step in place of a run's. */
  record StepForRun(String step, String run) implements RequestError {
    @Override
    public String message() {
      return "there is no run `" + step + "`";
    }

    @Override
    public List<String> help() {
      return List.of(
          "it is a step of the latest run, `" + run + "`: name that",
          "the step's log: `ferry logs " + run + " " + step + "`");
    }

    @Override
    public int exitCode() {
      return 3;
    }
  }

  /** The latest run where there was none yet. */
  record NoRuns() implements RequestError {
    @Override
    public String message() {
      return "there are no runs yet";
    }

    @Override
    public List<String> help() {
      return List.of("`ferry run \"echo hello\"` makes one");
    }

    @Override
    public int exitCode() {
      return 3;
    }
  }

  /** A step that is repeated, asked for as if it were one. */
  record SeveralStepRuns(String step, List<String> stepRuns) implements RequestError {
    private static final int MOST = 5;

    public SeveralStepRuns {
      stepRuns = List.copyOf(stepRuns);
    }

    @Override
    public String message() {
      return "`" + step + "` runs " + stepRuns.size() + " times, and one of them is to be named";
    }

    @Override
    public List<String> help() {
      var names = String.join("', '", stepRuns.subList(0, Math.min(MOST, stepRuns.size())));
      return List.of("one of '" + names + "'" + (stepRuns.size() > MOST ? ", …" : ""));
    }
  }

  /** The same run id with other content: HTTP 409; the client draws a new id. */
  record IdTaken(String id) implements RequestError {
    @Override
    public String message() {
      return "another run is already named `" + id + "`";
    }
  }

  /** Something that does not fit the state that the thing is in, in words. */
  record Conflict(String message, List<String> help) implements RequestError {
    public Conflict {
      help = List.copyOf(help);
    }
  }

  /** A parameter that a workflow does not have. */
  record UnknownParameter(String name, Optional<String> nearest, List<String> known)
      implements RequestError {
    public UnknownParameter {
      known = List.copyOf(known);
    }

    @Override
    public String message() {
      return "the workflow has no parameter `" + name + "`";
    }

    @Override
    public List<String> help() {
      return List.of(
          nearest
              .map(near -> "did you mean `" + near + "`?")
              .orElse(
                  known.isEmpty() ? "it has none" : "it has these: " + String.join(", ", known)));
    }
  }

  /** Something that a run needs, and that the place where it was typed does not have. */
  record Lacking(String message, List<String> help) implements RequestError {
    public Lacking {
      help = List.copyOf(help);
    }
  }

  /** A request that is malformed: a missing or wrong field. */
  record BadRequest(String message, List<String> help) implements RequestError {
    public BadRequest {
      help = List.copyOf(help);
    }
  }
}
