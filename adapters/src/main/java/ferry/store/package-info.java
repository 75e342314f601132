/**
 * The database: runs, their events and everything that lists show, in SQL that SQLite and
 * PostgreSQL both read. What is acknowledged survives a power cut; what cannot be written is
 * refused in words and leaves nothing behind.
 */
@NullMarked
package ferry.store;

import org.jspecify.annotations.NullMarked;
