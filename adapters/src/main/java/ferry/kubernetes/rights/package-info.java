/**
 * What an account may do in a namespace: the rights that Ferry uses, and how a cluster is asked
 * whether somebody has them.
 */
@NullMarked
package ferry.kubernetes.rights;

import org.jspecify.annotations.NullMarked;
