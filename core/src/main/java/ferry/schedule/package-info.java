/**
 * Workflows that start by themselves: when one is due, which firings were missed, and what the run
 * of a firing is. Pure rules over a clock that is handed in, and the port to where schedules are
 * kept.
 */
@NullMarked
package ferry.schedule;

import org.jspecify.annotations.NullMarked;
