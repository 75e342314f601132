/**
 * What may be searched: parameters, the values each may take, and points, which give every
 * parameter one. A space that exists is valid; the text forms that users write are read here,
 * errors with their place.
 */
@NullMarked
package ferry.search.space;

import org.jspecify.annotations.NullMarked;
