/**
 * What a user defines: workflows, their steps, and the checks that both must pass. Everything here
 * is immutable and valid from birth, and nothing here touches a file, the network, a thread or the
 * clock.
 */
@NullMarked
package ferry.workflow;

import org.jspecify.annotations.NullMarked;
