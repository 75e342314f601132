/**
 * From what somebody asks for to a run: reading it, checking it, naming it, explaining it, and
 * handing it to a backend once and only once, however often it is asked.
 */
@NullMarked
package ferry.submission;

import org.jspecify.annotations.NullMarked;
