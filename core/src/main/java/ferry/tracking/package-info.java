/** What is known of runs: what ran, when, with what, and how it ended. */
@NullMarked
package ferry.tracking;

import org.jspecify.annotations.NullMarked;
