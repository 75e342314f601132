package ferry.experiment;

import ferry.search.SearchPlan;
import java.util.Optional;

/**
 * What is searched, for what, and at what cost.
 *
 * @param warmStart the earlier experiment whose trials are known from the beginning
 */
public record Search(
    SearchPlan plan, Objective objective, Budget budget, Optional<String> warmStart) {
  public Search(SearchPlan plan, Objective objective, Budget budget) {
    this(plan, objective, budget, Optional.empty());
  }
}
