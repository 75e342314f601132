/**
 * What a server is put together from: {@link ferry.cli.assembly.Wiring} is the one place that knows
 * the store, the backends and the engine by their classes. Here are also the server's log, its
 * settings' secrets, its database, and the work that it does now and then.
 */
@NullMarked
package ferry.cli.assembly;

import org.jspecify.annotations.NullMarked;
