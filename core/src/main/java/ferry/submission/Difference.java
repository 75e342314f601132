package ferry.submission;

import java.util.Optional;

/**
 * One thing in which two runs differ.
 *
 * @param what command, code, file, parameter, environment, requirements, directory, outcome or step
 * @param name which of its kind, where there are several
 * @param left what the first run has
 * @param right what the second run has
 */
public record Difference(
    String what, Optional<String> name, Optional<String> left, Optional<String> right) {}
