package ferry.format;

/**
 * A stretch of a text.
 *
 * @param line where it begins, from 0
 * @param column where it begins in its line, in code points from 0
 * @param endLine where it ends, from 0
 * @param endColumn the first column after it
 * @param start its first code point in the whole text, from 0
 * @param end the first code point after it
 */
record Span(int line, int column, int endLine, int endColumn, int start, int end) {}
