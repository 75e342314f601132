/**
 * The settings of a user: which there are, in which of the files each was set, and what it may be.
 */
@NullMarked
package ferry.cli.config;

import org.jspecify.annotations.NullMarked;
