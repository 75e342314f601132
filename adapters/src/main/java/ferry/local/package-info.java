/**
 * The local backend: steps as processes on this machine. Their processes are started by {@link
 * ferry.local.launcher.Launcher}, a second program that outlives the server; what became of an
 * attempt is in the files of its directory, which {@link ferry.local.AttemptFiles} reads.
 */
@NullMarked
package ferry.local;

import org.jspecify.annotations.NullMarked;
