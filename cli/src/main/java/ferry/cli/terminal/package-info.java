/**
 * Text for people: what is sent to a terminal, how wide it is there, and how numbers and times are
 * worded. Nothing that a stranger wrote reaches a terminal raw.
 */
@NullMarked
package ferry.cli.terminal;

import org.jspecify.annotations.NullMarked;
