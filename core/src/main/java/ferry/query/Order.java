package ferry.query;

/** What a list is ordered by; things that have no such value come last, either way. */
public record Order(Field field, boolean ascending) {}
