/**
 * The launcher: a small second process that starts, watches and ends the processes of steps, and
 * outlives the server. It speaks {@link ferry.local.launcher.Wire} over its standard streams and
 * leaves {@code claim}, {@code log} and {@code exit} in each attempt's directory, so that whoever
 * comes later can tell what became of it. Few classes are loaded here and no lambdas, patterns or
 * var handles are used, because its start is part of the first command's time.
 */
@NullMarked
package ferry.local.launcher;

import org.jspecify.annotations.NullMarked;
