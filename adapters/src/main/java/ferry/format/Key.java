package ferry.format;

/**
 * A key of a file, as the manual describes it.
 *
 * @param type what its value may be, in words
 * @param otherwise what holds where it is left out; empty where it must be there
 * @param meaning one sentence
 */
record Key(String name, String type, String otherwise, String meaning) {}
