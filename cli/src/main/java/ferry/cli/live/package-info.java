/**
 * A run while it runs: its steps redrawn in place on a terminal, plain lines elsewhere, log lines
 * as they come, and at the end what failed and how to go on.
 */
@NullMarked
package ferry.cli.live;

import org.jspecify.annotations.NullMarked;
