package ferry.experiment;

import ferry.error.UserException;
import ferry.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the text of a file into a search, whatever format the text is in. */
public interface SearchReader {
  /** The name of Ferry's own format. */
  String OWN = "ferry.yaml";

  /**
   * A search as read.
   *
   * @param workflow what every trial runs; a value of each searched parameter is among its own
   * @param format the name of the format, for people
   * @param warnings each a sentence that names file and line
   * @param refused why it can be explained and not be run, where that is so
   * @param image in which the file wants trials to run, where they run in one
   * @param setting of the plan of each trial, as the file has it
   */
  record Reading(
      Workflow workflow,
      Search search,
      String format,
      List<String> warnings,
      Optional<UserException> refused,
      Optional<String> image,
      Map<String, String> setting) {
    public Reading {
      warnings = List.copyOf(warnings);
      setting = Map.copyOf(setting);
    }

    public Reading(
        Workflow workflow,
        Search search,
        String format,
        List<String> warnings,
        Optional<UserException> refused) {
      this(workflow, search, format, warnings, refused, Optional.empty(), Map.of());
    }

    /** Whether it is in Ferry's own words. */
    public boolean isOwn() {
      return format.isEmpty() || format.equals(OWN);
    }

    /** The same, run in that image where it runs in one. */
    public Reading in(Optional<String> other) {
      return new Reading(workflow, search, format, warnings, refused, other, setting);
    }

    /** The same, with this in the setting of its plan. */
    public Reading with(Map<String, String> other) {
      return new Reading(workflow, search, format, warnings, refused, image, other);
    }

    /** The same for another workflow. */
    public Reading of(Workflow other) {
      return new Reading(other, search, format, warnings, refused, image, setting);
    }

    public Reading(Workflow workflow, Search search, String format, List<String> warnings) {
      this(workflow, search, format, warnings, Optional.empty());
    }
  }

  /**
   * What was said beside the file, and stands in place of what it says itself.
   *
   * @param params values of parameters that are not searched
   * @param settings as {@link SearchSettings} reads them
   * @param ofMethod the method's own settings
   * @param space parameters to search, as {@code lr=log:1e-4..1e-1}
   * @param seed where none is given
   */
  record Wishes(
      Map<String, String> params,
      Map<String, String> settings,
      Map<String, String> ofMethod,
      List<String> space,
      long seed) {
    public Wishes {
      params = Map.copyOf(params);
      settings = Map.copyOf(settings);
      ofMethod = Map.copyOf(ofMethod);
      space = List.copyOf(space);
    }
  }

  /**
   * Reads a text.
   *
   * @param source the file's name as the user gave it, for errors
   * @param directory where the file lies, absolute
   * @throws ferry.error.UserException for anything wrong in the text, with line and column
   */
  Reading read(String source, String directory, String text, Wishes wishes);
}
