package ferry.experiment;

import ferry.search.SearchPlan;

/** What is searched, for what, and at what cost. */
public record Search(SearchPlan plan, Objective objective, Budget budget) {}
