/**
 * A place where runs execute, and what is handed to it: the one interface that local, Kubernetes
 * and Argo implement.
 */
@NullMarked
package ferry.backend;

import org.jspecify.annotations.NullMarked;
