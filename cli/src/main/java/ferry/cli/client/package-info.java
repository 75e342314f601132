/**
 * The way to the server: finding or starting it, asking it over HTTP on a plain socket, and reading
 * its JSON. All of it is on the path of every command, so it loads as few classes as it can.
 */
@NullMarked
package ferry.cli.client;

import org.jspecify.annotations.NullMarked;
