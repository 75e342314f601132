/**
 * Runs as Workflows of Argo: one for each run, which Argo walks by itself. What becomes of its
 * steps is heard from the Workflow and, sooner, from its Pods, and told to the engine, which walks
 * along.
 */
@NullMarked
package ferry.kubernetes.argo;

import org.jspecify.annotations.NullMarked;
