/**
 * Search: methods that decide which trials to make and how long to train each. A {@link Searcher}
 * takes what happened and answers with what to do; it touches nothing, its chance comes from a
 * seed, and its whole state can be written down between any two events. {@link Simulation} runs a
 * search without running anything.
 */
@NullMarked
package ferry.search;

import org.jspecify.annotations.NullMarked;
