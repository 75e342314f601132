/**
 * What is true of a run after its events, and what may start next. States are immutable and
 * functions pure: the same events give the same state on any machine, which is how a run is
 * recovered, replayed and tested.
 */
@NullMarked
package ferry.run;

import org.jspecify.annotations.NullMarked;
