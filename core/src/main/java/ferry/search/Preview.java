package ferry.search;

import java.util.OptionalLong;

/**
 * So many trials are to be trained so long.
 *
 * @param length in units; empty for to completion
 */
public record Preview(long trials, OptionalLong length) {}
