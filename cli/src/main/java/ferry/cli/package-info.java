/**
 * The command line: one class per command, and {@link ferry.cli.Main}, which builds only the one
 * that was named. Data goes to standard output, talk to standard error.
 */
@NullMarked
package ferry.cli;

import org.jspecify.annotations.NullMarked;
