package ferry.error;

import java.util.List;

/**
 * An error that a person can mend. Each case is a record that names its culprit; {@link #message()}
 * is one sentence without a full stop, {@link #help()} the ways out, most likely first.
 */
public sealed interface UserError
    permits CommandError,
        DefinitionError,
        FileError,
        OutputError,
        RequestError,
        SearchError,
        SystemError,
        TemplateError {

  /** Who has to act. */
  enum Kind {
    /** The user: a wrong word, file or name. */
    USER,
    /** The machine or a service that Ferry needs. */
    SYSTEM,
    /** Something is too large, or there is too little of it. */
    RESOURCES
  }

  /** One sentence, lower case, no full stop: the culprit, what was found, and what was expected. */
  String message();

  /** What to do about it, each one short line; empty where the message says it all. */
  default List<String> help() {
    return List.of();
  }

  default Kind kind() {
    return Kind.USER;
  }

  /**
   * The exit status of the command line: 2 wrong usage or file, 3 nothing by that name, 4 out of
   * reach or refused.
   */
  default int exitCode() {
    return 2;
  }

  /** A stable word for programs, like {@code unknown-step}, made from the record's name. */
  default String code() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(java.util.Locale.ROOT);
  }

  /** This error as an exception that has no place in a text. */
  default UserException thrown() {
    return new UserException(this);
  }
}
