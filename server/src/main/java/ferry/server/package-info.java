/**
 * The API of the server: one small class for each thing that can be asked about. It speaks to core
 * alone, and is handed whatever implements core's ports.
 */
@NullMarked
package ferry.server;

import org.jspecify.annotations.NullMarked;
