package ferry.workflow;

/** When a step runs: comparisons of values, joined by {@code and}, {@code or}, {@code not} and parentheses. */
public record Condition(String source) {}
