/**
 * What can go wrong because of what a user wrote or asked for, or because of where it was asked.
 * Every error is a record of one sealed family that words itself: culprit, what was found, what was
 * expected, and the way out.
 */
@NullMarked
package ferry.error;

import org.jspecify.annotations.NullMarked;
