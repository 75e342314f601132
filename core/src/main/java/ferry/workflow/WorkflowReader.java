package ferry.workflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the text of a file into a workflow, whatever format the text is in; told by its content,
 * not by its name.
 */
public interface WorkflowReader {
  /** The most bytes that the text of a workflow may have, in a file or as a one-liner: one MiB. */
  int LARGEST = 1 << 20;

  /**
   * A workflow as read.
   *
   * @param format the name of the format that the text was in, for people
   * @param warnings keys that mean nothing here, and the like; each a sentence that names file and
   *     line
   * @param backend the place to run that the text is for, where it is for one
   * @param setting what that place alone has to know
   */
  record Reading(
      Workflow workflow,
      String format,
      List<String> warnings,
      Optional<String> backend,
      Map<String, String> setting) {
    public Reading {
      warnings = List.copyOf(warnings);
      setting = Map.copyOf(setting);
    }

    /** A workflow that may run anywhere. */
    public Reading(Workflow workflow, String format, List<String> warnings) {
      this(workflow, format, warnings, Optional.empty(), Map.of());
    }
  }

  /**
   * Reads a text.
   *
   * @param source the file's name as the user gave it, for errors
   * @param directory where the file lies, absolute; a workflow without a name is named after it
   * @param params values of parameters that were given beside the file: in place of, or beside, its
   *     own
   * @throws ferry.error.UserException for anything wrong in the text, with line and column
   */
  Reading read(String source, String directory, String text, Map<String, String> params);

  /** Reads a text of which nobody knows where it lies. */
  default Reading read(String source, String text, Map<String, String> params) {
    return read(source, "", text, params);
  }

  /** Reads a text with the parameters that it gives itself. */
  default Reading read(String source, String text) {
    return read(source, text, Map.of());
  }
}
