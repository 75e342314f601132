/**
 * Knows when cron lines fire, clock changes included. The lines are read by cron-utils; what a
 * clock change means is decided here.
 */
@NullMarked
package ferry.cron;

import org.jspecify.annotations.NullMarked;
