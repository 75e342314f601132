/**
 * Walks a workflow step by step for the places that cannot do it themselves. One loop takes what
 * was asked and reported, decides, makes the decision durable, and only then acts; it can be
 * stopped dead at any moment and goes on from there.
 */
@NullMarked
package ferry.engine;

import org.jspecify.annotations.NullMarked;
