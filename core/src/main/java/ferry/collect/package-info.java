/**
 * Finds metrics in what programs print and write: in lines of a log, in event files, in what a
 * Prometheus endpoint answers. Nothing here reads a file or a clock: bytes go in, metrics come out,
 * and the same bytes give the same metrics however they are cut into pieces.
 */
@NullMarked
package ferry.collect;

import org.jspecify.annotations.NullMarked;
