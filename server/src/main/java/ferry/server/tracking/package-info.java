/** Ferry's own API for what is tracked: metrics of runs, models, and what a step logs. */
@NullMarked
package ferry.server.tracking;

import org.jspecify.annotations.NullMarked;
