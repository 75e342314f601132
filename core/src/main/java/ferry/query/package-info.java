/**
 * The language in which lists of tracked things are filtered and ordered: MLflow's, so that one is
 * enough. Text in, clauses out; what a clause means for a thing is decided here too.
 */
@NullMarked
package ferry.query;

import org.jspecify.annotations.NullMarked;
