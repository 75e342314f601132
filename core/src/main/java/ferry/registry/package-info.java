/**
 * Models with their versions and aliases, where each version came from, and who promoted which when
 * and why. Whether a version may be promoted is decided here.
 */
@NullMarked
package ferry.registry;

import org.jspecify.annotations.NullMarked;
