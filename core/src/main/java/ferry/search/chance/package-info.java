/**
 * Chance that can be repeated: generators that start from a seed, give the same numbers on every
 * machine, and whose state is plain data. Nothing here asks the world for entropy.
 */
@NullMarked
package ferry.search.chance;

import org.jspecify.annotations.NullMarked;
