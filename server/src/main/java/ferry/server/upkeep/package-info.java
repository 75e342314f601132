/**
 * What whoever looks after a server asks of it: what steps used, what stands in all logs, stars and
 * retention, backups, metrics and health. It decides nothing about runs.
 */
@NullMarked
package ferry.server.upkeep;

import org.jspecify.annotations.NullMarked;
