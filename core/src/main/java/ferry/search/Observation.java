package ferry.search;

import ferry.search.space.Point;

/** A point whose value is known already, from an earlier experiment. */
public record Observation(Point point, double value) {}
