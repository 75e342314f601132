/**
 * HTTP as this server speaks it: routes, requests and answers as JSON, who may ask, and how errors
 * are told. It knows nothing of runs.
 */
@NullMarked
package ferry.server.http;

import org.jspecify.annotations.NullMarked;
