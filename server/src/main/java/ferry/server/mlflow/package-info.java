/**
 * MLflow's REST API, so that its own clients work unchanged: their JSON, their error codes, their
 * limits. What they mean is decided elsewhere; here it is only said in their words.
 */
@NullMarked
package ferry.server.mlflow;

import org.jspecify.annotations.NullMarked;
