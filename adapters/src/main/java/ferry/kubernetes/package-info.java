/**
 * Steps as Pods of a Kubernetes cluster: each attempt is one Job, found again by its name, watched
 * by label, and its log followed into our own file. Only the launcher itself is loaded before a run
 * asks for a cluster: the client library behind it is slow to load.
 */
@NullMarked
package ferry.kubernetes;

import org.jspecify.annotations.NullMarked;
