/**
 * What {@code ferry doctor} finds out about a cluster: whether it answers, what the account may do
 * there and which Role is missing, what of the Pod a step can have, and whether Argo is there.
 * {@link ferry.kubernetes.rights.Rights} is the one list of the rights that Ferry uses.
 */
@NullMarked
package ferry.kubernetes.checkup;

import org.jspecify.annotations.NullMarked;
