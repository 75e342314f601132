/**
 * Reads the files that describe workflows, Ferry's own and those of others, and writes trees of
 * values as YAML or JSON. Each format is one class that turns text into core's objects, with file,
 * line and column in every error.
 */
@NullMarked
package ferry.format;

import org.jspecify.annotations.NullMarked;
